//! The log: text or JSON on standard error, and traces to a collector where the build has them (feature `otlp`).

use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, Registry};

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Text,
    Json,
}

impl Form {
    fn from_env() -> Self {
        match std::env::var("BATON_LOG_FORMAT").as_deref() {
            Ok("json") => Self::Json,
            _ => Self::Text,
        }
    }
}

/// Logs go to standard error, at the level of `BATON_LOG` (default `warn`), in the form of `BATON_LOG_FORMAT` (`text`
/// or `json`). What is returned must live as long as the program: dropped, it sends what is left.
pub(super) fn start() -> impl Sized {
    let filter = EnvFilter::try_from_env("BATON_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match Form::from_env() {
        Form::Text => lines.with_filter(filter).boxed(),
        Form::Json => lines.json().with_filter(filter).boxed(),
    };
    let (traces, kept) = traces::layer();
    tracing_subscriber::registry().with(lines).with(traces).init();
    kept
}

#[cfg(not(feature = "otlp"))]
mod traces {
    use tracing_subscriber::layer::Identity;

    /// This build sends no traces.
    pub(super) fn layer() -> (Identity, ()) {
        (Identity::new(), ())
    }
}

#[cfg(feature = "otlp")]
mod traces {
    use opentelemetry::trace::TracerProvider as _;
    use opentelemetry_otlp::SpanExporter;
    use opentelemetry_sdk::Resource;
    use opentelemetry_sdk::trace::SdkTracerProvider;
    use tracing_subscriber::{EnvFilter, Layer, registry::LookupSpan};

    /// Sends what is left when it is dropped.
    pub(super) struct Kept(Option<SdkTracerProvider>);

    impl Drop for Kept {
        fn drop(&mut self) {
            if let Some(provider) = self.0.take()
                && let Err(error) = provider.shutdown()
            {
                tracing::warn!(%error, "the last traces could not be sent");
            }
        }
    }

    /// Sends spans to the collector that `OTEL_EXPORTER_OTLP_ENDPOINT` names; none without it.
    pub(super) fn layer<S>() -> (Option<Box<dyn Layer<S> + Send + Sync>>, Kept)
    where
        S: tracing::Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        let is_wanted = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]
            .into_iter()
            .any(|name| std::env::var_os(name).is_some());
        let exporter = is_wanted.then(|| SpanExporter::builder().with_http().build());
        let Some(Ok(exporter)) = exporter else { return (None, Kept(None)) };
        let resource = Resource::builder().with_service_name("baton").build();
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
        let spans = tracing_opentelemetry::layer().with_tracer(provider.tracer("baton"));
        let filter = EnvFilter::try_from_env("BATON_TRACE").unwrap_or_else(|_| EnvFilter::new("info"));
        (Some(spans.with_filter(filter).boxed()), Kept(Some(provider)))
    }
}
