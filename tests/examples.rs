//! The examples do what they say. They are compiled into this test, so that no second Cargo runs inside it.

#![expect(dead_code, reason = "an example's `main` is not called here")]

#[path = "../examples/network.rs"]
mod network;
#[path = "../examples/one_policy.rs"]
mod one_policy;

use noaber::observation::{MEASURES, measure_index};
use noaber::scenario::Overrides;

#[test]
fn one_policy_shows_a_difference_for_each_measure() {
    let short = Overrides { burn_in: Some(8), ..Overrides::default() };
    let table = one_policy::compare("scenarios/l-flat", "targeted-allocation", &short, 16).expect("the study is sound");
    for key in ["lonely", "needs_unmet"] {
        let title = MEASURES[measure_index(key).expect("in the dictionary")].title[1];
        let line = table.lines().find(|line| line.starts_with(title)).expect("a line for each measure");
        let numbers: Vec<f64> =
            line[title.len()..].split_whitespace().map(|word| word.parse().expect("a number")).collect();
        let [before, after, difference] = numbers[..] else { panic!("three numbers in: {line}") };
        // Each of the three is rounded to three digits.
        assert!((after - before - difference).abs() < 0.0021, "{line}");
    }
    assert_eq!(table.lines().count(), 6);
    assert!(!table.contains("NaN"), "{table}");
}

#[test]
fn one_policy_names_what_is_not_there() {
    let missing = one_policy::compare("scenarios/l-flat", "a-castle", &Overrides::default(), 1);
    assert!(missing.expect_err("there is no such alternative").to_string().contains("`a-castle`"));
    let nowhere = one_policy::compare("scenarios/nowhere", "a-castle", &Overrides::default(), 1);
    assert!(nowhere.expect_err("there is no such study").to_string().contains("nowhere"));
}

#[test]
fn petgraph_finds_a_connected_neighbourhood() {
    let text = network::describe(300, 13).expect("somebody lives there");
    let number = |start: &str| -> f64 {
        let line = text.lines().find(|line| line.starts_with(start)).expect("the line is there");
        let last = line.rsplit("  ").next().expect("a number").split(',').next().expect("a number");
        last.trim().parse().expect("a number")
    };
    let within_reach = number("residents within reach");
    assert!(within_reach > 100.0, "most of 300 residents can be reached: {text}");
    let mean = number("steps to them");
    assert!(mean > 0.5 && mean < 20.0, "{text}");
}
