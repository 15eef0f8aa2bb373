//! The figures of a report, one a file in the folder; each draws on a [`super::plot::Sheet`] and says its message as title.

pub mod districts;
pub mod effects;
pub mod for_whom;
pub mod message;
pub mod over_time;
pub mod tiles;

use super::ReportError;
use super::data::Results;
use super::plot::{Figure, GREY, INK, Sheet, Type, wrap_evenly};
use super::words::Words;
use crate::observation::dictionary::Measure;
use districts::DistrictFigure;

/// Width of every figure, pixels.
pub(super) const WIDTH: f64 = 900.0;
/// White at the sides, pixels.
pub(super) const MARGIN: f64 = 20.0;

/// How many of the headline measures get figures over time and by group.
const IN_DETAIL: usize = 3;

/// All figures in one language, in the order of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Differences with the baseline, with the measures of each; none if there is one scenario only.
    pub effects: Vec<(Vec<&'static Measure>, Figure)>,
    /// Levels over time, with the measure of each.
    pub over_time: Vec<(&'static Measure, Figure)>,
    /// Differences by group, with the measure of each.
    pub for_whom: Vec<(&'static Measure, Figure)>,
    /// One measure by district; none for a study with fewer than two districts.
    pub by_district: Vec<DistrictFigure>,
}

impl Figures {
    /// Every figure.
    pub fn all(&self) -> Vec<&Figure> {
        let effects = self.effects.iter().map(|(_, figure)| figure);
        let by_district = self.by_district.iter().map(|shown| &shown.figure);
        let measured = self.over_time.iter().chain(&self.for_whom).map(|(_, figure)| figure);
        effects.chain(measured).chain(by_district).collect()
    }
}

/// Draws all figures of a results folder.
///
/// # Errors
/// If the plotting library fails.
pub fn draw(results: &Results, words: &Words) -> Result<Figures, ReportError> {
    let failed = |what| ReportError::Draw { what };
    let mut figures = Figures {
        effects: effects::draw(results, words).map_err(failed)?,
        over_time: Vec::new(),
        for_whom: Vec::new(),
        by_district: districts::draw(results, words).map_err(failed)?,
    };
    for &measure in results.headline.iter().take(IN_DETAIL) {
        if let Some(figure) = over_time::draw(results, measure, words).map_err(failed)? {
            figures.over_time.push((measure, figure));
        }
    }
    for &measure in results.headline.iter().filter(|measure| measure.by_group).take(IN_DETAIL) {
        if let Some(figure) = for_whom::draw(results, measure, words).map_err(failed)? {
            figures.for_whom.push((measure, figure));
        }
    }
    Ok(figures)
}

/// Writes the message and a grey explanation at the top of a sheet; returns how far down they reach.
pub(super) fn heading(sheet: &mut Sheet, title: &str, explanation: &str) -> f64 {
    let room = WIDTH - 2.0 * MARGIN;
    let mut down = 26.0;
    for line in wrap_evenly(title, 20.0, true, room) {
        sheet.words(&line, (MARGIN, down), Type::bold(20.0, INK));
        down += 27.0;
    }
    down += sheet.paragraph(explanation, (MARGIN, down), Type::plain(13.0, GREY), room);
    down
}
