//! Which column holds which figure, in both shapes in which Statistics Netherlands publishes them.
//!
//! The yearly workbook names columns shortly (`a_inw`). StatLine names them by topic with a number behind it
//! (`AantalInwoners_5`), and that number shifts from year to year, so a column is known by what stands before the last `_`.

/// A figure that a neighbourhood is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Figure {
    Inhabitants,
    Men,
    Women,
    Under15,
    From15,
    From25,
    From45,
    From65,
    Western,
    NonWestern,
    Netherlands,
    Europe,
    OutsideEurope,
    Households,
    OnePerson,
    WithoutChildren,
    WithChildren,
    HouseholdSize,
    LowEducation,
    MiddleEducation,
    HighEducation,
    MultiFamily,
    Unoccupied,
    Owned,
    Rented,
    Corporation,
    OtherLandlord,
    LowIncome,
    Working,
    Urbanity,
    AddressDensity,
}

/// What sort of number a figure is, which says what it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// People, households or addresses, a whole number.
    Count,
    /// Of 100.
    Percentage,
    /// Any number from 0 up.
    Number,
}

use Sort::{Count, Number, Percentage};

impl Figure {
    /// How many there are.
    pub(super) const NUMBER: usize = 31;

    /// Every figure: its sort, its names in StatLine, its names in the workbook. Names have changed over the years.
    pub(super) const ALL: [(Self, Sort, &'static [&'static str], &'static [&'static str]); Self::NUMBER] = [
        (Self::Inhabitants, Count, &["AantalInwoners"], &["a_inw", "aant_inw"]),
        (Self::Men, Count, &["Mannen"], &["a_man"]),
        (Self::Women, Count, &["Vrouwen"], &["a_vrouw"]),
        (Self::Under15, Count, &["k_0Tot15Jaar"], &["a_00_14"]),
        (Self::From15, Count, &["k_15Tot25Jaar"], &["a_15_24"]),
        (Self::From25, Count, &["k_25Tot45Jaar"], &["a_25_44"]),
        (Self::From45, Count, &["k_45Tot65Jaar"], &["a_45_64"]),
        (Self::From65, Count, &["k_65JaarOfOuder"], &["a_65_oo"]),
        (Self::Western, Count, &["WestersTotaal"], &["a_w_all"]),
        (Self::NonWestern, Count, &["NietWestersTotaal"], &["a_nw_all"]),
        (Self::Netherlands, Count, &["Nederland"], &["a_nl_all"]),
        (Self::Europe, Count, &["EuropaExclusiefNederland"], &["a_eur_al"]),
        (Self::OutsideEurope, Count, &["BuitenEuropa"], &["a_neu_al"]),
        (Self::Households, Count, &["HuishoudensTotaal"], &["a_hh"]),
        (Self::OnePerson, Count, &["Eenpersoonshuishoudens"], &["a_1p_hh"]),
        (Self::WithoutChildren, Count, &["HuishoudensZonderKinderen"], &["a_hh_z_k"]),
        (Self::WithChildren, Count, &["HuishoudensMetKinderen"], &["a_hh_m_k"]),
        (Self::HouseholdSize, Number, &["GemiddeldeHuishoudensgrootte"], &["g_hhgro"]),
        (Self::LowEducation, Count, &["OpleidingsniveauLaag", "BasisonderwijsVmboMbo1"], &["a_opl_lg", "a_opl_bvm"]),
        (Self::MiddleEducation, Count, &["OpleidingsniveauMiddelbaar", "HavoVwoMbo24"], &["a_opl_md", "a_opl_hvm"]),
        (Self::HighEducation, Count, &["OpleidingsniveauHoog", "HboWo"], &["a_opl_hg", "a_opl_hw"]),
        (Self::MultiFamily, Percentage, &["PercentageMeergezinswoning"], &["p_mgezw"]),
        (Self::Unoccupied, Percentage, &["PercentageOnbewoond"], &["p_leegsw"]),
        (Self::Owned, Percentage, &["Koopwoningen"], &["p_koopw"]),
        (Self::Rented, Percentage, &["HuurwoningenTotaal"], &["p_huurw"]),
        (Self::Corporation, Percentage, &["InBezitWoningcorporatie"], &["p_wcorpw"]),
        (Self::OtherLandlord, Percentage, &["InBezitOverigeVerhuurders"], &["p_ov_hw"]),
        (Self::LowIncome, Percentage, &["k_40HuishoudensMetLaagsteInkomen"], &["p_hh_li"]),
        (Self::Working, Percentage, &["Nettoarbeidsparticipatie"], &["p_arb_pp"]),
        (Self::Urbanity, Number, &["MateVanStedelijkheid"], &["ste_mvs"]),
        (Self::AddressDensity, Count, &["Omgevingsadressendichtheid"], &["ste_oad"]),
    ];
}

/// Which column holds what.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    /// Code of the region.
    pub code: usize,
    /// Name of the region.
    pub name: Option<usize>,
    /// Name of the municipality.
    pub municipality: Option<usize>,
    /// For each figure in order, its column.
    pub figures: [Option<usize>; Figure::NUMBER],
    /// Figures that two columns lay claim to.
    pub repeated: Vec<(Figure, usize, usize)>,
}

impl Columns {
    /// Looks for known names; nothing if there is no code and no figure, for then this is another sort of file.
    pub(super) fn bind(header: &[String]) -> Option<Self> {
        let names: Vec<(String, Option<u32>)> = header.iter().map(|name| base(name)).collect();
        let whole = |wanted: &str| header.iter().position(|name| name.trim().eq_ignore_ascii_case(wanted));
        let topic = |wanted: &str| names.iter().position(|(name, _)| name.eq_ignore_ascii_case(wanted));
        let code = whole("gwb_code_10")
            .or_else(|| whole("gwb_code"))
            .or_else(|| topic("Codering"))
            .or_else(|| topic("WijkenEnBuurten"))
            .or_else(|| header.iter().position(|name| name.trim().to_lowercase().starts_with("gwb_code")))?;
        let mut figures = [None; Figure::NUMBER];
        let mut repeated = Vec::new();
        for (place, (figure, _, statline, workbook)) in Figure::ALL.into_iter().enumerate() {
            let is_it = |column: &usize| {
                workbook.iter().any(|wanted| header[*column].trim().eq_ignore_ascii_case(wanted))
                    || statline.iter().any(|wanted| names[*column].0.eq_ignore_ascii_case(wanted))
            };
            let mut found: Vec<usize> = (0..header.len()).filter(is_it).collect();
            // Since 2022 StatLine has these names first for where people come from, and again for where they were born.
            if [Figure::Netherlands, Figure::Europe, Figure::OutsideEurope].contains(&figure) {
                let number = |column: &usize| names[*column].1;
                found.sort_by_key(number);
                found.dedup_by_key(|column| number(column));
                found.truncate(1);
            }
            figures[place] = found.first().copied();
            if let [first, second, ..] = found.as_slice() {
                repeated.push((figure, *first, *second));
            }
        }
        figures.iter().flatten().next()?;
        let name = whole("regio").or_else(|| topic("WijkenEnBuurten")).filter(|column| *column != code);
        let municipality = whole("gm_naam").or_else(|| topic("Gemeentenaam"));
        Some(Self { code, name, municipality, figures, repeated })
    }

    /// How many figures were found.
    pub(super) fn found(&self) -> usize {
        self.figures.iter().flatten().count()
    }

    /// The column of a figure.
    pub(super) fn of(&self, figure: Figure) -> Option<usize> {
        self.figures[figure as usize]
    }
}

/// A name without the number behind the last `_`, and that number.
fn base(name: &str) -> (String, Option<u32>) {
    let name = name.trim();
    match name.rsplit_once('_').map(|(before, number)| (before, number.parse())) {
        Some((before, Ok(number))) => (before.to_owned(), Some(number)),
        _ => (name.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn figures_stand_in_the_order_of_their_names() {
        for (place, (figure, ..)) in Figure::ALL.into_iter().enumerate() {
            assert_eq!(figure as usize, place, "{figure:?}");
        }
    }

    #[test]
    fn the_number_behind_a_name_may_be_any() {
        for number in [5, 6, 119] {
            let columns = Columns::bind(&header(&["ID", "Codering_3", &format!("AantalInwoners_{number}")]));
            let columns = columns.expect("a code and a figure");
            assert_eq!((columns.code, columns.of(Figure::Inhabitants)), (1, Some(2)));
        }
    }

    #[test]
    fn origin_is_where_people_come_from_and_not_where_they_were_born() {
        let names = ["Codering_3", "BuitenEuropa_22", "Nederland_17", "BuitenEuropa_19", "EuropaExclusiefNederland_18"];
        let columns = Columns::bind(&header(&names)).expect("a code and figures");
        assert_eq!(columns.of(Figure::OutsideEurope), Some(3));
        assert!(columns.repeated.is_empty());
    }

    #[test]
    fn a_name_that_stands_there_twice_is_noted() {
        let columns = Columns::bind(&header(&["gwb_code_10", "a_inw", "a_inw"])).expect("a code and a figure");
        assert_eq!(columns.repeated, [(Figure::Inhabitants, 1, 2)]);
    }

    #[test]
    fn another_table_is_not_taken_for_one_of_these() {
        assert!(Columns::bind(&header(&["name", "price"])).is_none());
        assert!(Columns::bind(&header(&["Codering_3", "price"])).is_none());
    }
}
