//! Runs all programs in turn, small sizes first, holds their ends against each other and prints the table.

use std::path::Path;

use crate::USAGE;
use crate::kept::Kept;
use crate::kernel::{GIVEN, NEIGHBOURHOOD, Outcome, TOLERANCE};
use crate::rivals::{RIVALS, Rival};
use crate::table::{self, By, Row};

/// A run longer than this is not done again.
const LONG: f64 = 20.0;

/// What is to be measured.
pub struct Plan {
    residents: Vec<u64>,
    runs: usize,
    only: Vec<String>,
    limit: f64,
    by: By,
    repast4py: bool,
    again: bool,
    write: bool,
}

impl Plan {
    /// Reads the options of the command.
    pub fn read(options: &[&str]) -> Result<Self, String> {
        let residents = vec![10_000, 100_000, 1_000_000];
        let mut plan = Self {
            residents,
            runs: 3,
            only: Vec::new(),
            limit: 100.0,
            by: By::Clock,
            repast4py: false,
            again: false,
            write: false,
        };
        let mut words = options.iter();
        while let Some(option) = words.next() {
            match *option {
                "--write" => plan.write = true,
                "--again" => plan.again = true,
                "--repast4py" => plan.repast4py = true,
                "--processor" => plan.by = By::Processor,
                _ => plan.take(option, words.next().ok_or(USAGE)?)?,
            }
        }
        plan.residents.sort_unstable();
        if plan.residents.is_empty()
            || plan.runs == 0
            || plan.residents.iter().any(|n| n % NEIGHBOURHOOD != 0 || *n == 0)
        {
            return Err(format!(
                "residents come in whole neighbourhoods of {NEIGHBOURHOOD}, and at least one run is needed"
            ));
        }
        Ok(plan)
    }

    fn take(&mut self, option: &str, value: &str) -> Result<(), String> {
        let wrong = || format!("{value} does not go with {option}\n\n{USAGE}");
        match option {
            "--residents" => {
                self.residents = value.split(',').map(str::parse).collect::<Result<_, _>>().map_err(|_| wrong())?;
            }
            "--runs" => self.runs = value.parse().map_err(|_| wrong())?,
            "--limit" => self.limit = value.parse().map_err(|_| wrong())?,
            "--only" => self.only = value.split(',').map(str::to_owned).collect(),
            _ => return Err(USAGE.to_owned()),
        }
        Ok(())
    }

    /// Measures, checks, prints, and writes if asked.
    pub fn carry_out(&self, environments: &str) -> Result<(), String> {
        let environments = Path::new(environments);
        let mut rows = Vec::new();
        for rival in RIVALS.iter().filter(|rival| self.takes_part(rival)) {
            match rival.is_ready(environments) {
                Ok(()) => rows.push(Row::new(rival)),
                Err(why) => eprintln!("left out: {why}"),
            }
        }
        if rows.is_empty() {
            return Err(format!("nobody takes part\n\n{USAGE}"));
        }
        let kept = Kept::of_this_build(environments)?;
        if self.again {
            kept.forget()?;
        }
        for (key, residents, outcome) in kept.runs() {
            let row = rows.iter_mut().find(|row| row.rival.key == key && self.residents.contains(&residents));
            if let Some(row) = row {
                row.add(residents, outcome);
            }
        }
        for &residents in &self.residents {
            self.measure(&mut rows, residents, environments, &kept)?;
            agree(&rows, residents)?;
        }
        let table = table::table(&rows, &self.residents, self.by);
        println!("\n{table}");
        if self.write { table::write(&table) } else { Ok(()) }
    }

    fn takes_part(&self, rival: &Rival) -> bool {
        // Processor time adds threads up, so that another thread would tell nothing more.
        (self.by == By::Clock || !rival.is_on_more_threads())
            && (self.repast4py || rival.key != "repast4py")
            && (self.only.is_empty() || self.only.iter().any(|name| rival.key.starts_with(name.as_str())))
    }

    /// All take turns, so that a busy hour is shared.
    fn measure(&self, rows: &mut [Row], residents: u64, environments: &Path, kept: &Kept) -> Result<(), String> {
        for run in 1..=self.runs {
            for row in rows.iter_mut() {
                let done = row.runs(residents);
                let too_long = match row.last(residents) {
                    Some(outcome) => outcome.spent.seconds > LONG,
                    None => row.foreseen(residents) > self.limit,
                };
                if done >= run || too_long {
                    continue;
                }
                if done == 0 && row.rival.compiles_as_it_runs() {
                    row.rival.run(NEIGHBOURHOOD, environments)?;
                }
                let outcome = row.rival.run(residents, environments)?;
                eprintln!(
                    "{residents:>9} residents, run {run}: {:<55} {:>9.3} s, {:>9.3} s of a processor",
                    row.rival.name, outcome.spent.seconds, outcome.spent.processor
                );
                kept.add(row.rival.key, residents, outcome)?;
                row.add(residents, outcome);
            }
        }
        Ok(())
    }
}

/// Whether all who lived the kernel have the same number of ties, and means that lie close together.
fn agree(rows: &[Row], residents: u64) -> Result<(), String> {
    let ends: Vec<(&str, Outcome)> = rows
        .iter()
        .filter_map(|row| Some((row.rival.name, row.last(residents)?)))
        .filter(|(_, outcome)| outcome.strength.is_some())
        .collect();
    let mut wrong = Vec::new();
    for (name, outcome) in &ends {
        if outcome.ties != residents * GIVEN {
            wrong.push(format!("{name} ends with {} ties instead of {}", outcome.ties, residents * GIVEN));
        }
    }
    for (what, mean) in [
        ("mean strength", (|outcome| outcome.strength) as fn(&Outcome) -> Option<f64>),
        ("mean loneliness", |outcome| outcome.lonely),
    ] {
        let mut values: Vec<f64> = ends.iter().filter_map(|(_, outcome)| mean(outcome)).collect();
        values.sort_by(f64::total_cmp);
        let (Some(low), Some(high)) = (values.first(), values.last()) else { continue };
        let middle = values[values.len() / 2];
        eprintln!("{residents:>9} residents: {what} {low:.4} to {high:.4} over {} programs", values.len());
        for (name, outcome) in &ends {
            // A mean that is no number is not near anything either.
            let near = mean(outcome).is_some_and(|value| (value - middle).abs() <= TOLERANCE);
            if !near {
                wrong.push(format!("{name} ends with {what} {:?}; the middle of all is {middle:.4}", mean(outcome)));
            }
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!(
        "with {residents} residents not all live the same kernel (tolerance {TOLERANCE}):\n{}",
        wrong.join("\n")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Spent;

    /// Five programs that end so, and one that ends otherwise.
    fn rows(other: Outcome) -> Vec<Row> {
        let alike = Outcome {
            spent: Spent { seconds: 1.0, processor: 1.0 },
            ties: 60_000,
            strength: Some(0.733),
            lonely: Some(0.313),
        };
        let mut rows: Vec<Row> = RIVALS.iter().take(6).map(Row::new).collect();
        let ends = std::iter::once(other).chain(std::iter::repeat(alike));
        rows.iter_mut().zip(ends).for_each(|(row, end)| row.add(10_000, end));
        rows
    }

    #[test]
    fn who_lives_another_kernel_is_named() {
        let spent = Spent { seconds: 1.0, processor: 1.0 };
        let right = Outcome { spent, ties: 60_000, strength: Some(0.7325), lonely: Some(0.3135) };
        assert_eq!(agree(&rows(right), 10_000), Ok(()));
        // The full model is not asked.
        assert_eq!(agree(&rows(Outcome { ties: 7, strength: None, lonely: None, ..right }), 10_000), Ok(()));
        for wrong in [
            Outcome { ties: 59_999, ..right },
            Outcome { strength: Some(0.737), ..right },
            Outcome { lonely: Some(0.3095), ..right },
            Outcome { lonely: Some(f64::NAN), ..right },
        ] {
            let said = agree(&rows(wrong), 10_000).expect_err("another kernel");
            assert!(said.contains(RIVALS[0].name) && !said.contains(RIVALS[1].name), "{said}");
        }
    }

    #[test]
    fn options_are_read_or_refused() {
        let plan = Plan::read(&["--residents", "4000,2000", "--processor"]).expect("a plan");
        assert!(plan.residents == [2_000, 4_000] && plan.by == By::Processor && !plan.write);
        for wrong in [&["--residents", "2500"][..], &["--runs", "0"], &["--runs"], &["--fast"], &["--limit", "soon"]] {
            assert!(Plan::read(wrong).is_err(), "{wrong:?}");
        }
    }
}
