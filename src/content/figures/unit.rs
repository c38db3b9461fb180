//! Figures of one unit among the others.

use minijinja::Error;

use crate::charts::{PositionRow, PositionStrip, Radar, RadarSeries, RadarStyle, TEXT_BLOCK_MM};
use crate::content::arguments::Arguments;
use crate::content::figures::{Drawing, Drawn, RADAR_MM, drawn};
use crate::content::results::{NodeAt, UnitAt};
use crate::lang::Lang;

impl Drawing<'_> {
    pub(super) fn radar(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let unit = arguments.unit("unit")?;
        let level = arguments.count("level", 2)?;
        let nodes: Vec<NodeAt> = self.results.config.method.level(level).collect();
        let leader = self.results.order(0).first().copied();
        let values = |at: UnitAt| nodes.iter().map(|&n| self.results.score(at, n)).collect();
        let mut series = vec![
            RadarSeries { name: self.name(unit), values: values(unit), style: RadarStyle::Focus },
            RadarSeries {
                name: self.mean_label(),
                values: nodes
                    .iter()
                    .map(|&n| self.results.distribution(n).map(|d| d.mean))
                    .collect(),
                style: RadarStyle::Mean,
            },
        ];
        // Beside the leader itself stands the runner-up: a chart of one city against itself says
        // nothing.
        let rival =
            if leader == Some(unit) { self.results.order(0).get(1).copied() } else { leader };
        if let Some(rival) = rival {
            let role = if leader == Some(unit) {
                self.word("第二名", "runner-up")
            } else {
                self.word("首位", "leader")
            };
            let name = match self.lang {
                Lang::Zh => format!("{}（{role}）", self.name(rival)),
                Lang::En => format!("{} ({role})", self.name(rival)),
            };
            series.push(RadarSeries { name, values: values(rival), style: RadarStyle::Leader });
        }
        let spec = Radar {
            subject: match self.lang {
                Lang::Zh => format!("{}各分维度得分", self.name(unit)),
                Lang::En => format!("{}: scores by sub-dimension", self.name(unit)),
            },
            axes: nodes.iter().map(|&n| self.short(n)).collect(),
            series,
            decimals: 1,
            width_mm: self.width(RADAR_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![0]))
    }

    pub(super) fn positions(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let unit = arguments.unit("unit")?;
        let level = arguments.count("level", 2)?;
        let nodes: Vec<NodeAt> =
            std::iter::once(0).chain(self.results.config.method.level(level)).collect();
        let rows = nodes
            .iter()
            .map(|&node| PositionRow {
                label: self.short(node),
                values: self.results.at(node).scores.iter().flatten().copied().collect(),
                focus: self.results.score(unit, node),
                mean: self.results.distribution(node).map(|d| d.mean),
            })
            .collect();
        let spec = PositionStrip {
            subject: self.word("各项得分", "Scores"),
            rows,
            focus_name: self.name(unit),
            mean_label: self.mean_label(),
            decimals: 1,
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![0]))
    }
}
