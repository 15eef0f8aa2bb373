//! Asks residents what the surveys asked: filters and columns are looked up once, and each resident is asked once.

use super::sums::Sum;
use crate::model::world::World;
use crate::observation::{Cell, answers};
use crate::scenario::Targets;
use crate::scenario::targets::{Asked, Filter, Group, Question, Wanted};

/// Which columns are read, and for each part how.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Places in the resident table, each once.
    columns: Vec<usize>,
    /// For each part its question with the places of columns among `columns`; nothing for protocols.
    questions: Vec<Option<Question>>,
}

impl Plan {
    /// Looks up what the parts of all targets ask.
    #[must_use]
    pub fn of(targets: &Targets) -> Self {
        let mut columns = Vec::new();
        let parts = targets.targets.iter().flat_map(|target| &target.parts);
        let questions = parts.map(|part| match &part.asked {
            Asked::Residents(question) => Some(Question {
                column: place(&mut columns, question.column),
                at_least: question.at_least,
                of: resolved(&mut columns, &question.of),
                relative_to: question.relative_to.as_ref().map(|group| resolved(&mut columns, group)),
            }),
            Asked::Protocol(..) => None,
        });
        let questions = questions.collect();
        Self { columns, questions }
    }

    /// For each part the sums over the residents of the neighbourhood with this place, and how many residents there are.
    pub(super) fn ask(&self, world: &World, neighbourhood: usize) -> (Vec<Option<Sum>>, f64) {
        let empty =
            |question: &Question| Sum { against: question.relative_to.as_ref().map(|_| (0.0, 0.0)), ..Sum::default() };
        let mut sums: Vec<Option<Sum>> = self.questions.iter().map(|question| question.as_ref().map(empty)).collect();
        let mut residents = 0.0;
        answers(world, &self.columns, |row| {
            residents += 1.0;
            for (sum, question) in sums.iter_mut().zip(&self.questions) {
                let (Some(sum), Some(question)) = (sum, question) else { continue };
                let Some(value) = row[question.column].number() else { continue };
                let value = question.at_least.map_or(value, |least| f64::from(u8::from(value >= least)));
                if belongs(row, &question.of, neighbourhood) {
                    sum.total += value;
                    sum.count += 1.0;
                }
                if let (Some(group), Some((sum, count))) = (&question.relative_to, &mut sum.against)
                    && belongs(row, group, neighbourhood)
                {
                    *sum += value;
                    *count += 1.0;
                }
            }
        });
        (sums, residents)
    }
}

/// The place of a column among those that are read.
fn place(columns: &mut Vec<usize>, column: usize) -> usize {
    columns.iter().position(|known| *known == column).unwrap_or_else(|| {
        columns.push(column);
        columns.len() - 1
    })
}

fn resolved(columns: &mut Vec<usize>, group: &Group) -> Group {
    let filters = group.filters.iter();
    let filters = filters.map(|filter| Filter { column: place(columns, filter.column), wanted: filter.wanted.clone() });
    Group { neighbourhoods: group.neighbourhoods.clone(), filters: filters.collect() }
}

fn belongs(row: &[Cell], group: &Group, neighbourhood: usize) -> bool {
    (group.neighbourhoods.is_empty() || group.neighbourhoods.contains(&neighbourhood))
        && group.filters.iter().all(|filter| holds(&row[filter.column], &filter.wanted))
}

fn holds(cell: &Cell, wanted: &Wanted) -> bool {
    match wanted {
        Wanted::Words(words) => cell.word().is_some_and(|word| words.iter().any(|wanted| wanted == word)),
        Wanted::Numbers(numbers) => cell.number().is_some_and(|number| numbers.contains(&number)),
        Wanted::From(least) => cell.number().is_some_and(|number| number >= *least),
        Wanted::Below(most) => cell.number().is_some_and(|number| number < *most),
    }
}
