import type { Infer } from '../forms/form.js';
import { text } from '../forms/values.js';
import type { IntegrationView, LinkView, TargetView } from '../world/views.js';

export const subjectShape = {
  /** `link`, `target`, `gateway`, `route`, `subnet`, `block`, `path`, …. */
  kind: text,
  /** Of links and targets the name in the spec; of others the cloud's ID, the route key, the block or the name. */
  id: text,
  /** The readable form: `link eu`, `subnet-a`. */
  label: text,
};

/** The resource that a finding is about, or a part of it. */
export interface Subject extends Infer<typeof subjectShape> {}

/** What an outcome is about. */
export interface About {
  /** The resource first, then its part; for a path the link, then the target. */
  readonly about: readonly Subject[];
  /** The labels as one text. */
  readonly subject: string;
  /** The integration's name in the spec, where it is about one. */
  readonly integration?: string | undefined;
  /** See `Finding.routes`. */
  readonly routes?: readonly string[] | undefined;
}

/** A resource by its kind: `route ANY /orders`. */
export function thing(kind: string, id: string, label = `${kind} ${id}`): Subject {
  return { kind, id, label };
}

/** A part of a resource, shown by its ID alone: `subnet-a`. */
export function part(kind: string, id: string, label = id): Subject {
  return { kind, id, label };
}

/** The subject of an outcome: a resource, and its parts. */
export function aboutThings(integration: string | undefined, ...things: readonly Subject[]): About {
  const subject = subjectText(things);
  return integration === undefined ? { about: things, subject } : { about: things, subject, integration };
}

/** The same subject, with one more part. */
export function withPart({ about, integration }: About, more: Subject): About {
  return aboutThings(integration, ...about, more);
}

/** The same subject, about the calls of some routes of a target. */
export function ofRoutes(
  about: About,
  { routeKeys }: Pick<TargetView, 'routeKeys'>,
  calls: readonly { readonly route?: string | undefined }[],
): About {
  const own = new Set(calls.map(({ route }) => route));
  const routes = routeKeys.filter((key) => own.has(key));
  return routes.length === 0 || routes.length === routeKeys.length ? about : { ...about, routes };
}

/** `link eu`, `link eu, subnet-a`, `link eu → target orders`, `link eu → target orders (10.0.1.0/24 to 10.20.1.7:443, route)`. */
export function subjectText(things: readonly Subject[]): string {
  let text = '';
  for (const { kind, label } of things) {
    text += text === '' ? label : joined(kind, label);
  }
  return text;
}

function joined(kind: string, label: string): string {
  switch (kind) {
    case 'target':
      return ` → ${label}`;
    case 'source':
      return ` (${label}`;
    case 'destination':
      return ` to ${label}`;
    case 'hop':
      return `, ${label})`;
    default:
      return `, ${label}`;
  }
}

/** The first subject of a kind. */
export function subjectOf(kind: string, { about }: Pick<About, 'about'>): Subject | undefined {
  return about.find((one) => one.kind === kind);
}

/**
 * `link eu`; with a part of it, `link eu, subnet-a`. It is reported under an integration where no other
 * integration uses the link.
 */
export function aboutLink({ name, integrations }: LinkView, part?: Subject): About {
  const only = integrations.length === 1 ? integrations[0] : undefined;
  const link = thing('link', name);
  return part === undefined ? aboutThings(only, link) : aboutThings(only, link, part);
}

/** `target orders`; with a part of it, `target orders, euw1-az1`. */
export function aboutTarget({ name }: Pick<IntegrationView, 'name'>, target: TargetView, part?: Subject): About {
  const whole = thing('target', target.name);
  return part === undefined ? aboutThings(name, whole) : aboutThings(name, whole, part);
}
