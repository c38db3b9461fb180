//! The faces of `fonts/`, for typesetting and for charts.

use std::sync::Arc;

use crate::charts::{Face as ChartFace, Faces, Theme, Weight};
use crate::diag::{Code, Diagnostic};
use crate::source::Sources;
use crate::typeset::Face;

/// Folder of the faces inside the project.
const FONTS: &str = "fonts";

/// Faces that charts are drawn with: file, family, weight.
const CHART_FACES: [(&str, &str, Weight); 4] = [
    ("NotoSansSC-Regular.otf", "Noto Sans SC", Weight::Regular),
    ("NotoSansSC-Bold.otf", "Noto Sans SC", Weight::Bold),
    ("NotoSans-Regular.ttf", "Noto Sans", Weight::Regular),
    ("NotoSans-Bold.ttf", "Noto Sans", Weight::Bold),
];

/// Reads every face of the project, in order of file name.
///
/// # Errors
/// When there is none, or one cannot be read.
pub(super) fn load(sources: &mut Sources) -> Result<Vec<Face>, Diagnostic> {
    let names: Vec<String> = sources
        .list(FONTS)
        .into_iter()
        .filter(|n| matches!(n.rsplit_once('.'), Some((_, "otf" | "ttf"))))
        .collect();
    if names.is_empty() {
        return Err(Diagnostic::error(
            Code::TypesetFont,
            format!("there is no face in `{FONTS}/`, and system fonts are never used"),
        )
        .help("copy the `fonts` folder of rankpress into the project"));
    }
    names
        .into_iter()
        .map(|name| {
            let path = format!("{FONTS}/{name}");
            let bytes = sources.bytes(&path)?;
            if ttf_parser::Face::parse(&bytes, 0).is_err() {
                return Err(Diagnostic::error(
                    Code::TypesetFont,
                    format!("`{path}` is not a font that can be read"),
                )
                .help("copy the face from the `fonts` folder of rankpress again"));
            }
            Ok(Face { name: path, bytes: Arc::from(bytes) })
        })
        .collect()
}

/// The look of charts, with the faces of the page.
///
/// # Errors
/// When a face charts need is missing.
pub(super) fn theme(faces: &[Face]) -> Result<Theme, Diagnostic> {
    let mut chosen = Vec::new();
    for (file, family, weight) in CHART_FACES {
        let path = format!("{FONTS}/{file}");
        let face = faces.iter().find(|f| f.name == path).ok_or_else(|| {
            Diagnostic::error(Code::TypesetFont, format!("charts need the face `{path}`"))
        })?;
        // plotters keeps faces for the life of the process and asks for them as such.
        let bytes: &'static [u8] = Box::leak(face.bytes.to_vec().into_boxed_slice());
        chosen.push(ChartFace { family, weight, bytes });
    }
    let faces =
        Faces::register(chosen).map_err(|e| Diagnostic::error(Code::TypesetFont, e.to_string()))?;
    Ok(Theme::new(faces))
}
