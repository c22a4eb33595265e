//! Metrics as pure functions: figures worked by hand, and what they refuse.

use centricity::rules::{
    Curve, CurveFit, Factor, Misfit, Recommendation, Refusal, Result, Stream, Timing, boxes,
    break_even as retained, cover, difference, median, ratio, share, shares,
    simple_break_even as simple,
};
use proptest::prelude::*;

#[track_caller]
fn gives(figure: Result<f64>, wanted: f64) {
    let figure = figure.expect("a figure");
    assert!((figure - wanted).abs() < 5e-5, "{figure}, not {wanted}");
}

fn stream(margin: f64, retention: f64, discount: f64) -> Stream {
    Stream::new(margin, retention, discount).expect("a stream")
}

const TIMINGS: [Timing; 3] = [Timing::AfterRenewal, Timing::Now, Timing::EndOfPeriod];

/// What the first margin is worth today.
fn first(stream: &Stream, timing: Timing) -> f64 {
    match timing {
        Timing::AfterRenewal => stream.margin * stream.retention / (1.0 + stream.discount),
        Timing::Now => stream.margin,
        Timing::EndOfPeriod => stream.margin / (1.0 + stream.discount),
    }
}

#[test]
fn promoters_less_detractors_with_a_margin() {
    let survey = Recommendation {
        promoters: 60,
        passives: 20,
        detractors: 20,
    };
    gives(survey.score(), 40.0);
    gives(survey.margin(), 15.6800);
}

#[test]
fn answers_are_sorted_and_blanks_left_out() {
    let answers = [1.0, 8.0, 8.0, 10.0, 5.0, 9.0].map(Some);
    let survey = Recommendation::of(answers.into_iter().chain([None])).expect("on scale");
    assert_eq!(survey.n(), 6);
    gives(survey.score(), 0.0);
}

#[test]
fn zero_is_an_answer_and_nobody_is_none() {
    assert_eq!(Recommendation::of([Some(0.0)]).unwrap().detractors, 1);
    assert_eq!(Recommendation::default().score(), Err(Refusal::NoAnswers));
    for wrong in [-1.0, 11.0, 7.5, f64::NAN] {
        assert_eq!(Recommendation::of([Some(wrong)]), Err(Refusal::NotOnScale));
    }
}

#[test]
fn lifetime_value_under_three_timings() {
    let one = stream(100.0, 0.8, 0.1);
    gives(one.value(Timing::AfterRenewal), 266.6667);
    gives(one.value(Timing::Now), 366.6667);
    gives(one.value(Timing::EndOfPeriod), 333.3333);
}

#[test]
fn lifetime_value_over_so_many_periods() {
    let one = stream(100.0, 0.8, 0.1);
    let within = |periods, timing| Ok(one.within(periods, timing));
    gives(within(1, Timing::AfterRenewal), 72.7273);
    gives(within(5, Timing::AfterRenewal), 212.4097);
    gives(within(10, Timing::AfterRenewal), 255.6274);
    gives(within(1, Timing::Now), 100.0);
    gives(within(5, Timing::Now), 292.0634);
    gives(within(1, Timing::EndOfPeriod), 90.9091);
    gives(within(5, Timing::EndOfPeriod), 265.5122);
    for timing in TIMINGS {
        gives(within(0, timing), 0.0);
        gives(Ok(stream(100.0, 1.0, 0.0).within(7, timing)), 700.0);
    }
}

#[test]
fn lifetime_value_at_its_borders() {
    gives(stream(100.0, 0.0, 0.1).value(Timing::AfterRenewal), 0.0);
    gives(stream(100.0, 1.0, 0.1).value(Timing::AfterRenewal), 1000.0);
    assert_eq!(
        stream(100.0, 1.0, 0.0).value(Timing::AfterRenewal),
        Err(Refusal::Endless)
    );
    for (retention, discount) in [(-0.1, 0.1), (1.1, 0.1), (0.5, -1.0), (f64::NAN, 0.1)] {
        assert!(Stream::new(100.0, retention, discount).is_err());
    }
}

#[test]
fn a_point_of_retention_is_worth_the_difference() {
    // 100·0.81/0.29 - 100·0.8/0.3 = 279.3103 - 266.6667
    gives(stream(100.0, 0.8, 0.1).point(Timing::AfterRenewal), 12.6437);
    assert!(stream(100.0, 1.0, 0.1).point(Timing::AfterRenewal).is_err());
}

#[test]
fn break_even_simple_and_with_retention() {
    gives(simple(300.0, 100.0), 3.0);
    let one = stream(150.0, 0.55, 0.1);
    let late = Timing::AfterRenewal;
    gives(Ok(one.within(2, late)), 112.5);
    gives(retained(100.0, &one, late), 2.0);
    assert_eq!(retained(200.0, &one, late), Err(Refusal::Never));
    gives(Ok(cover(200.0, &one, late).unwrap()), 0.75);
    // At the limit itself the sum comes ever nearer and does not arrive.
    assert_eq!(retained(150.0, &one, late), Err(Refusal::Never));
    // 150 + 75 + 37.5 = 262.5, of 300 at most; and 150 / 1.1 = 136.3636 in the first period.
    gives(retained(260.0, &one, Timing::Now), 3.0);
    gives(Ok(cover(200.0, &one, Timing::Now).unwrap()), 1.5);
    gives(retained(136.0, &one, Timing::EndOfPeriod), 1.0);
    gives(retained(137.0, &one, Timing::EndOfPeriod), 2.0);
}

#[test]
fn a_certain_first_margin_pays_even_where_nobody_is_kept() {
    let once = stream(150.0, 0.0, 0.1);
    gives(retained(150.0, &once, Timing::Now), 1.0);
    assert_eq!(retained(151.0, &once, Timing::Now), Err(Refusal::Never));
    gives(Ok(once.within(9, Timing::Now)), 150.0);
    gives(Ok(once.within(9, Timing::AfterRenewal)), 0.0);
}

#[test]
fn break_even_refuses_what_has_no_answer() {
    let one = stream(150.0, 0.55, 0.1);
    assert_eq!(simple(10.0, 0.0), Err(Refusal::NoMargin));
    assert_eq!(simple(-1.0, 10.0), Err(Refusal::Negative("the cost")));
    let retained = |cost, stream: &Stream| retained(cost, stream, Timing::AfterRenewal);
    assert_eq!(retained(1.0, &stream(150.0, 0.0, 0.1)), Err(Refusal::Never));
    assert_eq!(retained(-1.0, &one), Err(Refusal::Negative("the cost")));
    gives(retained(0.0, &one), 0.0);
    gives(retained(300.0, &stream(100.0, 1.0, 0.0)), 3.0);
}

#[test]
fn share_of_customer_three_ways() {
    let all = shares(&[(40.0, 100.0), (75.0, 150.0), (900.0, 1000.0)]).expect("shares");
    gives(Ok(all.overall), 0.8120);
    gives(Ok(all.mean), 0.6000);
    gives(Ok(all.median), 0.5000);
}

#[test]
fn share_of_customer_refuses_impossible_wallets() {
    assert_eq!(share(1.0, 0.0), Err(Refusal::NothingToShare("the wallet")));
    assert_eq!(share(2.0, 1.0), Err(Refusal::PartAboveWhole));
    assert_eq!(share(-2.0, 1.0), Err(Refusal::Negative("spending")));
    assert_eq!(shares(&[]), Err(Refusal::NoAnswers));
}

#[test]
fn medians_of_odd_even_and_none() {
    assert_eq!(median(&mut [3.0, 1.0, 2.0]), Some(2.0));
    assert_eq!(median(&mut [4.0, 1.0, 2.0, 3.0]), Some(2.5));
    assert_eq!(median(&mut []), None);
}

#[test]
fn boxes_ratios_and_differences() {
    let satisfied = boxes(30.0, 50.0, 20.0).expect("shares");
    gives(Ok(satisfied.top), 0.3);
    gives(Ok(satisfied.top_two), 0.8);
    assert_eq!(boxes(0.0, 0.0, 0.0), Err(Refusal::NoAnswers));
    gives(ratio(1.0, 4.0), 0.25);
    assert!(ratio(1.0, 0.0).is_err());
    gives(Ok(difference(&[8.0, 6.0], &[5.0, 3.0])), 6.0);
}

proptest! {
    #[test]
    fn break_even_is_the_first_period_that_pays(
        cost in 1.0..5000.0_f64,
        margin in 1.0..500.0_f64,
        retention in 0.0..=1.0_f64,
        discount in 0.0..0.5_f64,
        timing in proptest::sample::select(&TIMINGS[..]),
    ) {
        let one = stream(margin, retention, discount);
        // The oracle adds up period by period.
        let (mut sum, mut worth, mut paid) = (0.0, first(&one, timing), None);
        for period in 1..=20_000 {
            sum += worth;
            worth *= retention / (1.0 + discount);
            if sum >= cost - 1e-9 {
                paid = Some(f64::from(period));
                break;
            }
        }
        // Where the limit lies a hair above the cost, either answer is a matter of rounding.
        let close = cover(cost, &one, timing).is_some_and(|cover| (cover - 1.0).abs() < 1e-6);
        prop_assume!(!close);
        match (retained(cost, &one, timing), paid) {
            (Ok(found), Some(paid)) => prop_assert!((found - paid).abs() < 0.5),
            (found, paid) => prop_assert_eq!(found.ok(), paid),
        }
    }

    #[test]
    fn many_periods_bring_what_all_periods_do(
        margin in 0.0..500.0_f64,
        retention in 0.0..=1.0_f64,
        discount in 0.01..0.5_f64,
        timing in proptest::sample::select(&TIMINGS[..]),
    ) {
        let one = stream(margin, retention, discount);
        let (many, all) = (one.within(5_000, timing), one.value(timing).unwrap());
        prop_assert!((many - all).abs() <= 1e-6 * (1.0 + all), "{many} and {all}");
    }

    #[test]
    fn each_period_more_brings_its_own_margin_and_never_less(
        margin in 0.0..500.0_f64,
        retention in 0.0..=1.0_f64,
        discount in 0.0..0.5_f64,
        periods in 0..40_u32,
        timing in proptest::sample::select(&TIMINGS[..]),
    ) {
        let one = stream(margin, retention, discount);
        let more = one.within(periods + 1, timing) - one.within(periods, timing);
        let worth = first(&one, timing)
            * (retention / (1.0 + discount)).powi(i32::try_from(periods).unwrap());
        prop_assert!((more - worth).abs() < 1e-6, "{more}, not {worth}");
        prop_assert!(more >= -1e-9);
    }

    #[test]
    fn a_score_lies_on_its_scale_and_its_margin_shrinks_with_more_answers(
        promoters in 0..500_usize, passives in 0..500_usize, detractors in 0..500_usize,
    ) {
        prop_assume!(promoters + passives + detractors > 0);
        let one = Recommendation { promoters, passives, detractors };
        let four = Recommendation {
            promoters: 4 * promoters, passives: 4 * passives, detractors: 4 * detractors,
        };
        let score = one.score().unwrap();
        prop_assert!((-100.0..=100.0).contains(&score));
        prop_assert!((score - four.score().unwrap()).abs() < 1e-9);
        prop_assert!((one.margin().unwrap() - 2.0 * four.margin().unwrap()).abs() < 1e-6);
    }
}

fn factor(importance: f64, us: f64, rival: Option<f64>) -> Factor {
    Factor::new(String::new(), importance, us, rival)
}

fn fit(factors: Vec<Factor>) -> Result<CurveFit> {
    CurveFit::of(&[Curve {
        customers: String::new(),
        factors,
    }])
}

#[test]
fn a_curve_worked_by_hand() {
    let fit = fit(vec![
        factor(9.0, 6.0, Some(8.0)),
        factor(8.0, 2.0, Some(5.0)),
        factor(3.0, 7.0, None),
    ])
    .expect("a fit");
    // Given: 6 + 2 + 3 of 9 + 8 + 3; lead: (9 * -2 + 8 * -3) / 17.
    assert!((fit.given - 0.55).abs() < 1e-12);
    assert!((fit.lead.expect("a rival") + 42.0 / 17.0).abs() < 1e-12);
    assert_eq!((fit.missing, fit.spare, fit.factors), (1, 1, 3));
}

#[test]
fn what_cannot_be_said_is_refused() {
    assert_eq!(CurveFit::of(&[]), Err(Refusal::NoCurves));
    assert_eq!(fit(Vec::new()), Err(Refusal::NoCurves));
    let nothing = fit(vec![factor(0.0, 5.0, Some(5.0))]);
    assert_eq!(nothing, Err(Refusal::NothingToShare("all that is wanted")));
    let alone = fit(vec![factor(5.0, 5.0, None)]).expect("a fit");
    assert_eq!(alone.lead, Err(Refusal::NoRival));
}

#[test]
fn bands_hold_their_ends() {
    let misfit = |wanted, given| factor(wanted, given, None).misfit;
    assert_eq!(misfit(7.0, 3.0), Some(Misfit::Missing));
    assert_eq!(misfit(6.9, 3.0), None);
    assert_eq!(misfit(7.0, 3.1), None);
    assert_eq!(misfit(3.0, 7.0), Some(Misfit::Spare));
    assert_eq!(misfit(3.1, 7.0), None);
}
