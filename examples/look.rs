//! Prints the measures of a study's scenarios over time: a look under the bonnet while developing.
use noaber::{
    model::world::World,
    observation::{Detail, GROUPS, MEASURES, observe},
    scenario::read_study,
};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let sets: Vec<String> = args.iter().skip(4).cloned().collect();
    let study = read_study(&[args[1].clone().into()], &sets, &Default::default()).unwrap_or_else(|f| {
        println!("{f}");
        std::process::exit(3)
    });
    let seed: u64 = args[2].parse().unwrap();
    let years: u32 = args[3].parse().unwrap();
    let only_base = std::env::var("BASE").is_ok();
    let s = &study.scenarios[0];
    let t0 = std::time::Instant::now();
    let base = s.blueprint.for_burn_in();
    let mut w = World::grow(&base, seed, s.design.burn_in);
    println!("grown {:?}", t0.elapsed());
    let t0 = std::time::Instant::now();
    let mut cols = vec![];
    let mut heads = vec![];
    cols.push(observe(&w, Detail::Full));
    heads.push("grow".to_string());
    let mut meetings = 0;
    let mut weeks = 0;
    let mut res = 0;
    let mut ties = 0;
    while w.week() < 0 {
        let h = w.live_one_week();
        meetings += h.meetings;
        weeks += 1;
        res = h.residents;
        ties = h.ties;
    }
    println!(
        "burn-in {} weeks {:?}; {} residents, meetings per resident-week {:.2}, ties per resident {:.2}, {:.0} ns per resident-week",
        weeks,
        t0.elapsed(),
        res,
        meetings as f64 / weeks as f64 / res as f64,
        2.0 * ties as f64 / res as f64,
        t0.elapsed().as_nanos() as f64 / weeks as f64 / res as f64
    );
    cols.push(observe(&w, Detail::Full));
    heads.push("w0".to_string());
    for s in &study.scenarios {
        let mut v = w.clone();
        v.adopt(&s.blueprint);
        for year in 1..=years {
            for _ in 0..52 {
                v.live_one_week();
            }
            if year == years || (year == 1 || only_base) {
                cols.push(observe(&v, Detail::Full));
                heads.push(format!("{}:{}", &s.key[..s.key.len().min(6)], year));
            }
        }
        if only_base {
            break;
        }
    }
    print!("{:22}", "");
    for h in &heads {
        print!("{h:>10}");
    }
    println!();
    for (m, measure) in MEASURES.iter().enumerate() {
        print!("{:22}", measure.key);
        for c in &cols {
            print!("{:10.3}", c.value(0, m));
        }
        println!();
    }
    for key in ["lonely", "strongly_lonely", "volunteers", "weekly_neighbours", "trust", "cohesion"] {
        let m = noaber::observation::measure_index(key).unwrap();
        print!("{key:18}");
        for (g, group) in GROUPS.iter().enumerate() {
            print!(" {}={:.2}", group.key, cols[1].value(g, m));
        }
        println!();
    }
}
