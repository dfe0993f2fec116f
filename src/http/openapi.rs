//! The description of the interface, OpenAPI 3.1: generated from the handlers, completed with what all of them share.

use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, InfoBuilder, OpenApi, OpenApiBuilder, RefOr, ResponseBuilder};
use utoipa::openapi::{Ref, header::Header};
use utoipa::{PartialSchema as _, ToSchema as _};

use super::error::{PROBLEM_JSON, Problem};

/// Name of the one way to come in.
const BEARER: &str = "bearer";

/// What any request may be answered, besides what its handler says.
const PROBLEMS: [(&str, &str); 11] = [
    ("400", "A parameter cannot be used"),
    ("401", "No token, or none that is good"),
    ("403", "The token may not do this"),
    ("404", "There is nothing of that name, or the token may not know of it"),
    ("405", "The method is not for this path"),
    ("406", "It cannot be had in that form"),
    ("409", "It does not fit what is there"),
    ("413", "The body is too large"),
    ("415", "The body is of a type that is not read here"),
    ("422", "The body is not as it must be"),
    ("429", "Too many requests"),
];

/// Problems that are nobody's fault but ours.
const OURS: [(&str, &str); 2] = [("500", "Something went wrong here"), ("503", "It cannot be done now: try again")];

/// The description without routes.
pub(super) fn base() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Baton")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Account intelligence with the exact words behind every line."))
        .build();
    OpenApiBuilder::new().info(info).build()
}

/// Adds to every operation the problems that it may be answered, and how to come in.
pub(super) fn complete(mut api: OpenApi) -> OpenApi {
    let components = api.components.get_or_insert_with(Components::new);
    components.schemas.insert("ProblemDocument".to_owned(), Problem::schema());
    let mut schemas = Vec::new();
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
    components.add_security_scheme(BEARER, SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    for item in api.paths.paths.values_mut() {
        for operation in operations(item) {
            describe_problems(operation);
            operation.security = Some(vec![SecurityRequirement::new(BEARER, Vec::<String>::new())]);
        }
    }
    api
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.delete].into_iter().filter_map(Option::as_mut)
}

fn describe_problems(operation: &mut Operation) {
    for (status, what) in PROBLEMS.into_iter().chain(OURS) {
        if operation.responses.responses.contains_key(status) {
            continue;
        }
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ProblemDocument"))).build();
        let mut response = ResponseBuilder::new().description(what).content(PROBLEM_JSON, content).build();
        if status == "429" {
            response.headers.insert("Retry-After".to_owned(), RefOr::T(Header::default()));
        }
        operation.responses.responses.insert(status.to_owned(), RefOr::T(response));
    }
}
