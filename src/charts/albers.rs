//! The Albers equal-area conic projection, in which maps of China are usually drawn.

/// A projection with two standard parallels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Albers {
    /// Cone constant.
    n: f64,
    c: f64,
    /// Radius of the parallel of the origin.
    rho_0: f64,
    /// Central meridian, in degrees east.
    meridian: f64,
}

/// Standard parallels for China as a whole, in degrees north.
const CHINA_PARALLELS: (f64, f64) = (25.0, 47.0);
/// Central meridian for China as a whole, in degrees east.
const CHINA_MERIDIAN: f64 = 105.0;

impl Albers {
    /// The projection for China.
    pub(super) fn china() -> Self {
        Self::new(CHINA_PARALLELS, (CHINA_MERIDIAN, 0.0))
    }

    /// A projection of the sphere (Snyder 1987, formulas 14-1 to 14-6) with its standard parallels
    /// and its origin, longitude and latitude.
    fn new((first, second): (f64, f64), (meridian, latitude): (f64, f64)) -> Self {
        let (sin_1, sin_2) = (libm::sin(first.to_radians()), libm::sin(second.to_radians()));
        let n = f64::midpoint(sin_1, sin_2);
        let cos_1 = libm::cos(first.to_radians());
        let c = cos_1 * cos_1 + 2.0 * n * sin_1;
        Self { n, c, rho_0: rho(n, c, latitude), meridian }
    }

    /// The place of a point on a sphere of radius one: east and north of the origin.
    pub(super) fn project(&self, (longitude, latitude): (f64, f64)) -> (f64, f64) {
        let theta = (self.n * (longitude - self.meridian)).to_radians();
        let rho = rho(self.n, self.c, latitude);
        (rho * libm::sin(theta), self.rho_0 - rho * libm::cos(theta))
    }
}

fn rho(n: f64, c: f64, latitude: f64) -> f64 {
    (c - 2.0 * n * libm::sin(latitude.to_radians())).max(0.0).sqrt() / n
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Snyder 1987, p. 291.
    #[test]
    fn published_example() {
        let albers = Albers::new((29.5, 45.5), (-96.0, 23.0));
        let (x, y) = albers.project((-75.0, 35.0));
        assert!((x - 0.295_272_0).abs() < 1e-7, "{x}");
        assert!((y - 0.241_677_4).abs() < 1e-7, "{y}");
    }

    #[test]
    fn areas_are_kept() {
        let albers = Albers::china();
        let area = |lon: f64, lat: f64| {
            let step = 0.01;
            let (x, y) = albers.project((lon, lat));
            let (east, north) =
                (albers.project((lon + step, lat)), albers.project((lon, lat + step)));
            let cross = (east.0 - x) * (north.1 - y) - (east.1 - y) * (north.0 - x);
            let middle = lat + step / 2.0;
            cross / (step.to_radians() * step.to_radians() * libm::cos(middle.to_radians()))
        };
        for (lon, lat) in [(75.0, 18.0), (105.0, 36.0), (135.0, 53.0)] {
            assert!((area(lon, lat) - 1.0).abs() < 1e-3, "{}", area(lon, lat));
        }
    }
}
