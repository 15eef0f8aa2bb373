//! Laying a list out by slot, without comparing.

/// Lays a list out in order of a slot of each, and what belongs to the same slot as it came. Done by a second slot and then by
/// a first one, it is in order of both.
///
/// `unsorted` and `starts` are room to work in.
pub fn lay_out<T: Copy>(
    list: &mut [T],
    unsorted: &mut Vec<T>,
    starts: &mut Vec<u32>,
    slots: usize,
    slot_of: impl Fn(&T) -> u32,
) {
    starts.clear();
    starts.resize(slots + 1, 0);
    for one in list.iter() {
        starts[slot_of(one) as usize + 1] += 1;
    }
    let mut before = 0;
    for start in starts.iter_mut() {
        before += *start;
        *start = before;
    }
    unsorted.clear();
    unsorted.extend_from_slice(list);
    for one in unsorted.iter() {
        let place = &mut starts[slot_of(one) as usize];
        list[*place as usize] = *one;
        *place += 1;
    }
}
