//! What a caller accepts (RFC 9110, 12.5.1).

/// The media ranges of an `Accept` header, each with how much it is wanted, in thousandths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaRanges(Vec<(String, u32)>);

impl MediaRanges {
    /// Reads a header. Without one everything is taken.
    pub fn read(header: Option<&str>) -> Self {
        let range = |text: &str| {
            let mut parts = text.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            let quality = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
            let wanted = quality.map_or(1.0, |value| value.parse::<f32>().unwrap_or(0.0).clamp(0.0, 1.0));
            (name, (wanted * 1_000.0).round() as u32)
        };
        let header = header.filter(|text| !text.trim().is_empty()).unwrap_or("*/*");
        Self(header.split(',').map(range).filter(|(name, _)| !name.is_empty()).collect())
    }

    /// How much a media type is wanted: what the range says that fits it most closely.
    pub fn quality(&self, media_type: &str) -> u32 {
        let family = media_type.split_once('/').map(|(family, _)| format!("{family}/*")).unwrap_or_default();
        let of = |name: &str| self.0.iter().filter(|range| range.0 == name).map(|range| range.1).max();
        of(media_type).or_else(|| of(&family)).or_else(|| of("*/*")).unwrap_or_default()
    }
}
