/** The reference of the interface, made of the OpenAPI document that the server answers with: every operation, and every form of what goes in and out. */
import { Fragment, h, render, tags } from "./ui.js";

const { a, code, dd, details, div, dl, dt, h1, h2, h3, header, li, main, nav, p, section, span, strong, summary, table, tbody, td, th, thead, tr, ul } = tags;

const METHODS = ["get", "post", "put", "patch", "delete"];

/** Text in which backticks are code, and double stars are strong. */
const told = (/** @type {string} */ text = "") => text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) =>
  (/^`.+`$/.test(part) ? code(part.slice(1, -1)) : /^\*\*.+\*\*$/.test(part) ? strong(part.slice(2, -2)) : part));

const nameOf = (/** @type {string} */ ref) => ref.slice(ref.lastIndexOf("/") + 1);

/** What a reference stands for. */
const resolved = (document, thing) =>
  thing?.$ref ? thing.$ref.slice(2).split("/").reduce((within, key) => within[key], document) : thing;

const listed = (values) => values.flatMap((value, i) => (i ? [", ", code(String(value))] : [code(String(value))]));

/** The pattern of texts that say something. */
const NOT_BLANK = "\\S";

/** The bounds of a value, in words. */
function bounds(schema) {
  const said = [
    schema.pattern !== undefined && schema.pattern !== NOT_BLANK && `like ${schema.pattern}`,
    schema.pattern === NOT_BLANK && "not blank",
    schema.minLength > 0 && `at least ${schema.minLength} long`,
    schema.maxLength !== undefined && `at most ${schema.maxLength} long`,
    schema.minimum !== undefined && `from ${schema.minimum}`,
    schema.maximum !== undefined && `to ${schema.maximum}`,
    schema.minItems > 0 && `at least ${schema.minItems}`,
    schema.maxItems !== undefined && `at most ${schema.maxItems}`,
    schema.default !== undefined && `else ${schema.default}`,
  ].filter(Boolean);
  return said.length ? ` (${said.join(", ")})` : "";
}

/** What a value may be: its kind, or the name of a form, with a link. */
function Kind({ schema = {} }) {
  if (schema.$ref) return a({ href: `#${nameOf(schema.$ref)}` }, nameOf(schema.$ref));
  const either = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (either) return h(Fragment, null, either.flatMap((each, i) => (i ? [" or ", h(Kind, { schema: each })] : [h(Kind, { schema: each })])));
  if (schema.type === "array") return h(Fragment, null, "list of ", h(Kind, { schema: schema.items }), bounds(schema));
  if (schema.enum) return h(Fragment, null, listed(schema.enum));
  const type = [schema.type ?? "anything"].flat().join(" or ");
  return h(Fragment, null, schema.format && type === "string" ? schema.format : type, bounds(schema));
}

const Rows = ({ head, rows }) => table(thead(tr(head.map((title) => th({ scope: "col" }, title)))), tbody(rows));

const Fields = ({ schema }) => h(Rows, {
  head: ["Field", "Value", "Meaning"],
  rows: Object.entries(schema.properties ?? {}).map(([name, value]) => tr(
    th({ scope: "row" }, code(name), schema.required?.includes(name) && span({ class: "required" }, " required")),
    td(h(Kind, { schema: value })), td(told(value.description)))),
});

/** A form of what goes in or out. */
const Form = ({ name, schema }) => section({ class: "form", id: name },
  h3(name), p(told(schema.description)),
  schema.properties ? h(Fields, { schema }) : p(h(Kind, { schema })));

const Parameters = ({ parameters }) => h(Rows, {
  head: ["Parameter", "Value", "Meaning"],
  rows: parameters.map((parameter) => tr(
    th({ scope: "row" }, code(parameter.name), span({ class: "muted" }, ` ${parameter.in}`), parameter.required && span({ class: "required" }, " required")),
    td(h(Kind, { schema: parameter.schema })), td(told(parameter.description)))),
});

const content = (document, message) => Object.entries(resolved(document, message)?.content ?? {});

const Content = ({ document, message }) => content(document, message).map(([type, { schema }]) =>
  p(code(type), ": ", schema?.description && !schema.$ref ? told(schema.description) : h(Kind, { schema })));

const Headers = ({ document, headers = {} }) => Object.keys(headers).length > 0 && ul(Object.entries(headers).map(([name, header]) =>
  li(code(name), ": ", told(resolved(document, header).description))));

function Operation({ document, method, path, operation }) {
  const parameters = (operation.parameters ?? []).map((parameter) => resolved(document, parameter));
  return section({ class: "operation", id: operation.operationId },
    h3(operation.summary),
    p({ class: "address" }, strong({ class: `method ${method}` }, method.toUpperCase()), " ", code(path)),
    p(told(operation.description)),
    parameters.length > 0 && h(Parameters, { parameters }),
    operation.requestBody && div(strong("Body"), h(Content, { document, message: operation.requestBody })),
    details(summary("Answers"), dl(Object.entries(operation.responses).flatMap(([status, answer]) => [
      dt(status), dd(p(told(resolved(document, answer).description)), h(Content, { document, message: answer }),
        h(Headers, { document, headers: resolved(document, answer).headers }))]))));
}

/** All operations of a tag, in the order of the document. */
const operationsOf = (document, tag) => Object.entries(document.paths).flatMap(([path, operations]) =>
  METHODS.filter((method) => operations[method]?.tags?.includes(tag)).map((method) => ({ method, path, operation: operations[method] })));

const Reference = ({ document }) => {
  const groups = document.tags.map((tag) => ({ tag, operations: operationsOf(document, tag.name) })).filter(({ operations }) => operations.length);
  return h(Fragment, null,
    header({ class: "top" }, a({ class: "wordmark", href: "/" }, "Rapport"), a({ href: "/api/v1/openapi.json" }, "OpenAPI document")),
    main({ class: "reference" },
      h1("The interface"), p({ class: "lead" }, told(document.info.description)),
      p({ class: "muted" }, "What is here is what this node answers: a query node of its own has queries only."),
      nav({ "aria-label": "Operations" }, groups.map(({ tag, operations }) => div(h2(a({ href: `#${tag.name}` }, tag.name)),
        ul(operations.map(({ operation }) => li(a({ href: `#${operation.operationId}` }, operation.summary))))))),
      groups.map(({ tag, operations }) => section({ id: tag.name, class: "group" },
        h2(tag.name), p(told(tag.description)), operations.map((each) => h(Operation, { document, ...each })))),
      section({ id: "forms", class: "group" }, h2("forms"), p("What goes in and out."),
        Object.entries(document.components.schemas).map(([name, schema]) => h(Form, { name, schema })))));
};

const root = document.getElementById("reference");

async function show() {
  const response = await fetch("/api/v1/openapi.json");
  if (!response.ok) throw new Error(`/api/v1/openapi.json was answered with ${response.status}`);
  const described = await response.json();
  root.replaceChildren();
  render(h(Reference, { document: described }), root);
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

show().catch((problem) => {
  root.replaceChildren();
  render(p({ class: "boot", role: "alert" }, `The reference could not be loaded: ${problem.message}`), root);
});
