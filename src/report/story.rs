//! The story of one resident in two worlds: facts of a diary in plain words, side by side, quiet weeks folded.

use crate::observation::diary::{Answer, DiaryWeek, Event, Helper, Layer, Lives, Loneliness, Whereabouts, Who};
use crate::report::words::Words;

/// People named in one line before the rest is counted.
const MOST_NAMED: usize = 4;
/// Between the two columns.
const BETWEEN: &str = " | ";
/// A column narrower than this cannot be read.
const NARROWEST: usize = 24;

/// One world's part of the story.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name of the scenario.
    pub title: String,
    /// Week by week.
    pub weeks: Vec<DiaryWeek>,
}

/// Tells the weeks of one or two columns, on lines of at most `width` letters.
#[must_use]
pub fn tell(columns: &[Column], words: &Words, width: usize) -> String {
    let mut out = String::new();
    if columns.len() > 1 {
        let titles: Vec<Vec<String>> = columns.iter().map(|column| vec![column.title.clone()]).collect();
        beside(&titles, width, &mut out);
        out.push_str(&"-".repeat(width.min(100)));
        out.push('\n');
    }
    let weeks = columns.iter().map(|column| column.weeks.len()).min().unwrap_or(0);
    let quiet = |week: usize| columns.iter().all(|column| column.weeks[week].events.is_empty());
    let here =
        |week: usize| columns.iter().any(|column| column.weeks[week].here || !column.weeks[week].events.is_empty());
    let mut week = 0;
    while week < weeks {
        let mut end = week + 1;
        if quiet(week) {
            while end < weeks && quiet(end) && here(end) == here(week) {
                end += 1;
            }
        }
        if here(week) {
            let sides: Vec<Vec<String>> = columns.iter().map(|column| lines(&column.weeks[week..end], words)).collect();
            let key = match (end == week + 1, quiet(week)) {
                (true, false) => "story_week",
                (true, true) => "story_quiet_week",
                (false, _) => "story_quiet_weeks",
            };
            let number = |at: usize| columns.first().map_or(0, |column| column.weeks[at].week).to_string();
            let heading = words.fill(key, &[("from", &number(week)), ("until", &number(end - 1))]);
            block(heading, &sides, words, width, &mut out);
        }
        week = end;
    }
    out
}

/// What both sides say is said once; the rest stands side by side.
fn block(mut heading: String, sides: &[Vec<String>], words: &Words, width: usize, out: &mut String) {
    let Some((first, others)) = sides.split_first() else { return };
    let is_shared = |line: &String| others.iter().all(|side| side.contains(line));
    let all_shared = sides.iter().all(|side| side == first);
    if all_shared && !others.is_empty() {
        heading.push_str(words.get("story_the_same"));
    }
    out.extend([heading.as_str(), "\n"]);
    for line in first.iter().filter(|line| is_shared(line)) {
        let line = if all_shared { line.clone() } else { words.fill("story_both", &[("what", line)]) };
        for piece in wrapped(&line, width.saturating_sub(2)) {
            out.extend(["  ", &piece, "\n"]);
        }
    }
    if all_shared {
        return;
    }
    let own = sides.iter().map(|side| {
        let own: Vec<String> = side.iter().filter(|line| !(first.contains(line) && is_shared(line))).cloned().collect();
        if own.is_empty() { vec![words.get("story_nothing").to_owned()] } else { own }
    });
    beside(&own.collect::<Vec<_>>(), width, out);
}

/// Puts lines of columns side by side, each wrapped within its own width.
fn beside(sides: &[Vec<String>], width: usize, out: &mut String) {
    let gaps = BETWEEN.len() * (sides.len() - 1) + 2;
    let each = (width.saturating_sub(gaps) / sides.len().max(1)).max(NARROWEST);
    let columns: Vec<Vec<String>> =
        sides.iter().map(|lines| lines.iter().flat_map(|line| wrapped(line, each)).collect()).collect();
    for row in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
        let cells: Vec<String> =
            columns.iter().map(|column| format!("{:each$}", column.get(row).map_or("", String::as_str))).collect();
        let line = format!("  {}", cells.join(BETWEEN));
        out.extend([line.trim_end(), "\n"]);
    }
}

/// A text in pieces of at most `width` letters; the second and later ones are set in.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let indent = if pieces.is_empty() { 0 } else { 2 };
        if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            pieces.push(std::mem::take(&mut line));
            line.push_str("  ");
            line.push_str(word);
        } else {
            if line.chars().count() > indent {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    pieces.push(line);
    pieces
}

/// What some weeks brought: the events of a week and its company, or the company of several quiet weeks.
fn lines(weeks: &[DiaryWeek], words: &Words) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in weeks.iter().flat_map(|week| &week.events).map(|event| said(event, words)) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.extend(company(weeks, words));
    lines
}

/// With whom words were had, and where the resident went.
fn company(weeks: &[DiaryWeek], words: &Words) -> Vec<String> {
    let mut people: Vec<(&Who, &Whereabouts, u32)> = Vec::new();
    let mut places: Vec<(&Whereabouts, u32)> = Vec::new();
    for week in weeks {
        for (who, place, times) in &week.words {
            // The same person a birthday later is still the same.
            match people.iter_mut().find(|known| known.0.person == who.person && known.1 == place) {
                Some(known) => known.2 += times,
                None => people.push((who, place, *times)),
            }
        }
        for (place, times) in &week.visits {
            match places.iter_mut().find(|known| known.0 == place) {
                Some(known) => known.1 += times,
                None => places.push((place, *times)),
            }
        }
    }
    let mut lines = Vec::new();
    if !people.is_empty() {
        people.sort_by_key(|(who, place, times)| (std::cmp::Reverse(*times), who.person, *place));
        let others = people.len().saturating_sub(MOST_NAMED);
        let mut named: Vec<String> = people
            .iter()
            .take(MOST_NAMED)
            .map(|(who, place, times)| match place {
                // Where people live goes without saying.
                Whereabouts::AroundHome => format!("{}{}", person(who, words), often(*times)),
                _ => format!("{} {}{}", person(who, words), at(place, words), often(*times)),
            })
            .collect();
        if others > 0 {
            let key = if others == 1 { "story_other" } else { "story_others" };
            named.push(words.fill(key, &[("n", &others.to_string())]));
        }
        lines.push(words.fill("story_spoke", &[("who", &named.join("; "))]));
    }
    if !places.is_empty() {
        let named: Vec<String> =
            places.iter().map(|(place, times)| format!("{}{}", at(place, words), often(*times))).collect();
        lines.push(words.fill("story_went", &[("where", &named.join(", "))]));
    }
    lines
}

fn often(times: u32) -> String {
    if times > 1 { format!(" ({times}×)") } else { String::new() }
}

/// `the woman of 67 next door`.
fn person(who: &Who, words: &Words) -> String {
    let key = match (who.woman, who.age < 18) {
        (true, false) => "story_woman",
        (false, false) => "story_man",
        (true, true) => "story_girl",
        (false, true) => "story_boy",
    };
    let name = words.fill(key, &[("age", &who.age.to_string())]);
    let place = match who.lives {
        Lives::Here => words.get("story_lives_here").to_owned(),
        Lives::Doors(0..=1) => words.get("story_next_door").to_owned(),
        Lives::Doors(doors) => words.fill("story_doors", &[("n", &doors.to_string())]),
        Lives::Building => words.get("story_building").to_owned(),
        Lives::Elsewhere => return name,
    };
    format!("{name} {place}")
}

fn at(place: &Whereabouts, words: &Words) -> String {
    match place {
        Whereabouts::AroundHome => words.get("story_around").to_owned(),
        Whereabouts::Place(name) => words.fill("story_place", &[("name", name)]),
        Whereabouts::Activity(name) => words.fill("story_activity", &[("name", &initiative(name, words))]),
    }
}

/// The name of an initiative; those that residents found on the way have none.
fn initiative(name: &str, words: &Words) -> String {
    if name == "founded" { words.get("story_founded_name").to_owned() } else { name.to_owned() }
}

fn said(event: &Event, words: &Words) -> String {
    let plain = |key: &str| words.get(key).to_owned();
    let with = |key: &str, who: &Who| words.fill(key, &[("who", &person(who, words))]);
    let about = |key: &str, name: &str| words.fill(key, &[("name", &initiative(name, words))]);
    let need = |key: &str, kind: &str, who: String| {
        words.fill(key, &[("need", words.get(&format!("story_need_{}", kind.replace('-', "_")))), ("who", &who)])
    };
    match event {
        Event::Arrived => plain("story_arrived"),
        Event::Gone => plain("story_gone"),
        Event::PartnerDied => plain("story_partner_died"),
        Event::LeftHome(who) => with("story_left_home", who),
        Event::JoinedHome(who) => with("story_joined_home", who),
        Event::NeighbourLeft(who) => with("story_neighbour_left", who),
        Event::NeighbourCame(who) => with("story_neighbour_came", who),
        Event::Tie(who, layer, place) => {
            words.fill(tie(*layer), &[("who", &person(who, words)), ("where", &at(place, words))])
        }
        Event::LostTo(who, layer) => {
            let key = if *layer >= Layer::Friend { "story_lost_friend" } else { "story_lost_acquaintance" };
            with(key, who)
        }
        Event::LostTouch(who) => with("story_lost_touch", who),
        Event::Asked(by, name, answer) => {
            let by = by.as_ref().map_or_else(|| plain("story_leaflet"), |who| person(who, words));
            let key = match answer {
                Answer::Yes => "story_asked_yes",
                Answer::No => "story_asked_no",
                Answer::AlreadyHelps => "story_asked_already",
            };
            words.fill(key, &[("who", &by), ("name", &initiative(name, words))])
        }
        Event::Joined(name) => about("story_joined", name),
        Event::Founded => plain("story_founded"),
        Event::Stopped(name) => about("story_stopped", name),
        Event::Ended(name) => about("story_ended", name),
        Event::Organises(name) => about("story_organises", name),
        Event::Needed(kind, Helper::Nobody) => need("story_needed_nobody", kind.key(), String::new()),
        Event::Needed(kind, helper) => {
            let by = match helper {
                Helper::Resident(who) => person(who, words),
                Helper::Outside => plain("story_by_outside"),
                Helper::Volunteers => plain("story_by_volunteers"),
                Helper::Formal | Helper::Nobody => plain("story_by_formal"),
            };
            need("story_needed", kind.key(), by)
        }
        Event::Gave(kind, who) => need("story_gave", kind.key(), person(who, words)),
        Event::Trusts(role) => words.fill("story_trusts", &[("role", &worker(role.key(), words))]),
        Event::WorkerLeft(role) => words.fill("story_worker_left", &[("role", &worker(role.key(), words))]),
        Event::Feels(Loneliness::Not) => plain("story_not_lonely"),
        Event::Feels(Loneliness::Lonely) => plain("story_lonely"),
        Event::Feels(Loneliness::Strongly) => plain("story_strongly_lonely"),
        Event::AtHome(true) => plain("story_at_home"),
        Event::AtHome(false) => plain("story_not_at_home"),
    }
}

/// A role in words; one that has none yet goes by its key.
fn worker(key: &str, words: &Words) -> String {
    let known = format!("story_role_{}", key.replace('-', "_"));
    let text = words.get(&known);
    if text == known { key.to_owned() } else { text.to_owned() }
}

fn tie(layer: Layer) -> &'static str {
    match layer {
        Layer::Recognised => "story_recognised",
        Layer::Acquaintance => "story_acquaintance",
        Layer::Friend => "story_friend",
        Layer::Close => "story_close",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quantities::{NeedKind, Person, Role};
    use crate::report::Language;

    const WHO: Who = Who { person: Person(7), woman: true, age: 67, lives: Lives::Doors(2) };

    fn week(week: i32, events: Vec<Event>) -> DiaryWeek {
        let words = vec![(WHO, Whereabouts::AroundHome, 1)];
        DiaryWeek { week, here: true, events, words, ..DiaryWeek::default() }
    }

    fn told(columns: &[Vec<DiaryWeek>], language: Language, width: usize) -> String {
        let columns: Vec<Column> = columns
            .iter()
            .zip(["Now", "Then"])
            .map(|(weeks, title)| Column { title: title.to_owned(), weeks: weeks.clone() })
            .collect();
        tell(&columns, &Words::of(language).expect("words"), width)
    }

    #[test]
    fn quiet_weeks_are_folded_and_what_both_sides_say_is_said_once() {
        let asked = Event::Asked(Some(WHO), "meal".to_owned(), Answer::Yes);
        let left = vec![week(0, vec![]), week(1, vec![]), week(2, vec![Event::PartnerDied])];
        let right = vec![week(0, vec![]), week(1, vec![]), week(2, vec![Event::PartnerDied, asked])];
        let text = told(&[left, right], Language::En, 200);
        assert!(
            text.contains("Weeks 0 to 1, quiet: the same in both\n  Spoke the woman of 67 2 doors away (2×)."),
            "{text}"
        );
        assert_eq!(text.matches("partner died").count(), 1, "{text}");
        assert!(text.contains(" | ") && text.contains("said yes"), "{text}");
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let many = vec![week(0, vec![Event::Tie(WHO, Layer::Friend, Whereabouts::Place("thrift-shop".to_owned())); 3])];
        for width in [60, 80, 120] {
            let text = told(&[many.clone(), vec![week(0, vec![Event::Founded])]], Language::Nl, width);
            assert!(text.lines().all(|line| line.chars().count() <= width), "{width}\n{text}");
        }
    }

    #[test]
    fn every_need_and_role_has_words_in_both_languages() {
        for language in Language::ALL {
            let words = Words::of(language).expect("words");
            for kind in NeedKind::ALL {
                let text = said(&Event::Needed(*kind, Helper::Nobody), &words);
                assert!(!text.contains("story_"), "{text}");
            }
            for role in Role::ALL {
                assert!(!said(&Event::Trusts(*role), &words).contains("story_"));
            }
        }
    }
}
