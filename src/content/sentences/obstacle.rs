//! What holds a unit back.

use crate::content::phrase::Phrase;
use crate::content::reading_text::obstacles;
use crate::content::results::UnitAt;
use crate::content::sentences::{Speaker, inside};
use crate::lang::Lang;
use crate::num::{fixed, round_to};

impl Speaker<'_> {
    /// The indicators that hold a unit back most, with their obstacle degrees; nothing for a unit
    /// that is best everywhere.
    pub(in crate::content) fn obstacle_note(&self, unit: UnitAt) -> Phrase {
        let found = obstacles(self.results, unit);
        if found.is_empty() {
            return Phrase::default();
        }
        let slug = &self.results.unit(unit).slug;
        let percent = |degree: f64| round_to(degree * 100.0, 1);
        // The sum is that of the printed degrees, so that it can be worked out again.
        let sum: f64 = found.iter().map(|&(_, degree)| percent(degree)).sum();
        let items: Vec<Phrase> = found
            .iter()
            .map(|&(node, degree)| {
                let own = self.results.node(node);
                let name = match self.lang {
                    Lang::Zh => own.short.zh.clone(),
                    Lang::En => inside(&own.short.en),
                };
                let text = format!("{}%", fixed(percent(degree), 1, self.lang));
                let id = format!("{slug}/{}/obstacle", own.code);
                self.part(
                    "{0}（{1}）",
                    "{0} ({1})",
                    &[Phrase::plain(name), Phrase::quantity(id, text)],
                )
            })
            .collect();
        let count = items.len();
        let slots = [
            self.unit(unit),
            self.list(items),
            Phrase::quantity(
                format!("{slug}/index/obstacles"),
                format!("{}%", fixed(sum, 1, self.lang)),
            ),
        ];
        if count == 1 {
            return self.sentence(
                "按障碍度计，对{0}总指数形成制约的只有{1}。",
                "What separates {0} from the full score is {1} alone.",
                &slots,
            );
        }
        self.sentence(
            "按障碍度计，对{0}总指数制约最大的是{1}，合计占距满分差距的{2}。",
            "What separates {0} most from the full score is {1}, together {2} of the distance.",
            &slots,
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::content::sentences::testing::{
        BEIJING, DEPOSITS, ENERGY, SHANGHAI, UNICORNS, sample, says, silent,
    };
    use crate::index::reading::Obstacles;

    #[test]
    fn the_largest_obstacles_come_first() {
        let mut results = sample();
        let leaves: Vec<usize> = results.config.method.indicators().collect();
        let with = |degrees: &[(usize, f64)]| {
            let degree = |leaf: &usize| {
                Some(degrees.iter().find(|(node, _)| node == leaf).map_or(0.0, |(_, d)| *d))
            };
            leaves.iter().map(degree).collect()
        };
        results.reading.obstacles = vec![
            Obstacles {
                unit: BEIJING,
                degrees: with(&[(DEPOSITS, 0.5), (UNICORNS, 0.1252), (ENERGY, 0.3748)]),
            },
            Obstacles { unit: SHANGHAI, degrees: with(&[(ENERGY, 1.0)]) },
        ];
        says(
            &results,
            |s| s.obstacle_note(BEIJING),
            "按障碍度计，对北京总指数制约最大的是存款余额（50.0%）、单位能耗（37.5%）和独角兽企业（12.5%），合计占距满分差距的100.0%。",
            "What separates Beijing most from the full score is deposits at year-end (50.0%), energy intensity (37.5%) and unicorns (12.5%), together 100.0% of the distance.",
        );
        says(
            &results,
            |s| s.obstacle_note(SHANGHAI),
            "按障碍度计，对上海总指数形成制约的只有单位能耗（100.0%）。",
            "What separates Shanghai from the full score is energy intensity (100.0%) alone.",
        );
        silent(&results, |s| s.obstacle_note(2));
    }
}
