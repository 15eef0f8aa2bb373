//! What holds for the Netherlands as a whole, where a file says nothing of a neighbourhood nor of what it lies in.
//!
//! All of it is published by Statistics Netherlands (CBS) in StatLine, or follows from that as the comment says.

/// Published shares, and the table and year they come from.
#[derive(Debug, Clone, Copy)]
pub(super) struct National<const N: usize> {
    pub shares: [f64; N],
    pub source: &'static str,
}

/// Ages under 15, 15-24, 25-44, 45-64, 65 and over.
///
/// The table gives 0-19, 20-39, 40-64, 65 and over: 3,791,838, 4,309,987, 5,866,334 and 3,313,982 people. Each year of age
/// within these is taken to have as many people.
pub(super) const AGES: National<5> =
    National { shares: [0.1646, 0.1172, 0.2549, 0.2716, 0.1917], source: "CBS StatLine 37296ned, 2019" };

/// Women and men: 8,654,043 and 8,527,041.
pub(super) const SEX: National<2> = National { shares: [0.5037, 0.4963], source: "CBS StatLine 37296ned, 2018" };

/// Households of one person, without children, with children.
pub(super) const HOUSEHOLDS: National<3> =
    National { shares: [0.399, 0.285, 0.316], source: "CBS StatLine 37975, 2024" };

/// Single parents among households with children: 7.4 of 31.6 %.
pub(super) const SINGLE_PARENTS: f64 = 7.4 / 31.6;

/// Origin Netherlands, elsewhere in Europe, outside Europe: 13,013,279, 1,477,069 and the rest of 17,590,672 people.
pub(super) const ORIGINS: National<3> =
    National { shares: [0.7398, 0.0840, 0.1762], source: "CBS StatLine 85369NED, 2022" };

/// Education low, middle, high of people of 15 to 75.
pub(super) const EDUCATION: National<3> =
    National { shares: [0.262, 0.417, 0.321], source: "CBS StatLine 85525NED, 2022" };

/// Homes in multi-family buildings: 2.83 of 7.89 million.
pub(super) const MULTI_FAMILY: National<1> = National { shares: [0.36], source: "CBS, 2020" };

/// Homes owned by who lives there, by a housing corporation, by another landlord.
pub(super) const TENURE: National<3> =
    National { shares: [0.571, 0.285, 0.144], source: "CBS StatLine 82900NED, 2023" };

/// Households among the two fifths of the country with the lowest incomes, by definition.
pub(super) const LOW_INCOME: National<1> = National { shares: [0.4], source: "CBS" };

/// People of 15 to 75 with paid work.
pub(super) const WORKING: National<1> = National { shares: [0.73], source: "CBS StatLine 85266NED, 2024" };
