//! 14. Without contact ties lose strength, weak ones fastest, kin hardly.
//!
//! * **What** [`outside`] the neighbourhood circles change; inside, a tie without a minute this week fades; a face under the threshold is forgotten.
//! * **Equation** `s' = s * (1 - rate)`, rate from `fade_weak` to `fade_strong` with the square root of strength.
//! * **Reads and changes** the network; numbers of friends and kin outside.
//! * **Draws** one of `Circle` per resident.
//! * **Source** Roberts and Dunbar 2011, 2015; Mollenhorst: 48 % of named ties survive seven years.

pub mod outside;

use pulp::{Arch, Simd};

use super::enact_policies::Rules;
use crate::model::chance::WeekChance;
use crate::model::desk::Desk;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::{Changing, HalfTie};
use crate::model::parameters::Ties;

/// Half-ties that fade at once.
const AT_ONCE: usize = 32;

/// Lets ties fade and drops the forgotten ones.
pub fn let_ties_fade(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    if rules.mechanisms.circles {
        outside::change_circles(n, rules, draws, week);
    }
    fade(n.network.changing(), &rules.parameters.ties, &mut desk.places);
    n.network.remove(&desk.places);
}

/// Lets ties fade, as many at a time as the processor can, and lists where the forgotten ones stand.
#[pulp::with_simd(fade = Arch::new())]
#[inline(always)]
fn fade_wide<'a, S: Simd>(_: S, ties: Changing<'a>, p: &'a Ties, forgotten: &'a mut Vec<u32>) {
    let Changing { strengths, minutes, flags, .. } = ties;
    let stays =
        |strength: f32, flags: u8| (strength >= p.forgotten) | (flags & (HalfTie::KIN | HalfTie::HOUSEHOLD) != 0);
    forgotten.clear();
    let rest = minutes.chunks(AT_ONCE).zip(flags.chunks(AT_ONCE));
    for (nth, (strengths, (minutes, flags))) in strengths.chunks_mut(AT_ONCE).zip(rest).enumerate() {
        let mut all_stay = true;
        for (strength, (minutes, flags)) in strengths.iter_mut().zip(minutes.iter().zip(flags)) {
            // A square root is exact everywhere, and said this way one instruction.
            let rate = p.fade_weak + (p.fade_strong - p.fade_weak) * strength.sqrt();
            let rate = if flags & HalfTie::KIN == 0 { rate } else { p.fade_kin };
            let fades = (*minutes == 0) & (flags & HalfTie::HOUSEHOLD == 0);
            *strength *= if fades { 1.0 - rate } else { 1.0 };
            all_stay &= stays(*strength, *flags);
        }
        if !all_stay {
            let places = strengths.iter().zip(flags).zip(nth as u32 * AT_ONCE as u32..);
            forgotten
                .extend(places.filter(|((strength, flags), _)| !stays(**strength, **flags)).map(|(_, place)| place));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{fade, fade_wide};
    use crate::model::neighbourhood::network::{HalfTie, Network, TieOrigin};
    use crate::model::parameters::Parameters;

    #[test]
    fn ties_that_fade_several_at_a_time_fade_as_one_by_one() {
        let ties = (1..100_u32).map(|other| {
            let strength = 0.001 * 1.07_f32.powi(other as i32);
            let tie = HalfTie::new(other, strength.min(1.0), 0, TieOrigin::STREET, (other % 5) as u8);
            (0, HalfTie { minutes: u16::from(other % 3 == 0), ..tie })
        });
        let mut network = Network::from_ties(100, ties);
        let (mut twin, mut forgotten, mut forgotten_too) = (network.clone(), Vec::new(), Vec::new());
        let p = Parameters::default().ties;
        fade(network.changing(), &p, &mut forgotten);
        fade_wide(pulp::Scalar, twin.changing(), &p, &mut forgotten_too);
        assert_eq!((&network, &forgotten), (&twin, &forgotten_too));
        assert!(!forgotten.is_empty() && forgotten.len() < 100);
    }
}
