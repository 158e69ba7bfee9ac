import { canonicalJson } from '../../ground/hash.js';
import { list, optional, record, strict, type AnyForm, type Form, type Walk } from '../forms/form.js';
import { choice, keyed, name, ports, refined, text, unchecked } from '../forms/values.js';
import { routeSettings } from '../input/spec-form.js';
import {
  cidrBlocks,
  gateway,
  linkOrId,
  linkRequest,
  routeKey,
  targetRequest,
  type RequestPlace,
} from './request-forms.js';
import { isReference } from './whole.js';
import type { EnsureRequest } from './whole-request.js';

type Members = Readonly<Record<string, unknown>>;

const isObject = (given: unknown): given is Members =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** Members by names of the program's own; each is looked at with its name. */
function namedMembers(what: string, check: (key: string, one: Members, walk: Walk) => void): AnyForm {
  const member = (key: string): AnyForm =>
    choice(what, (given) =>
      isObject(given) ? { check: (one, walk) => check(key, one as Members, walk), schema: {} } : undefined,
    );
  return {
    check: (given, walk) => {
      record(unchecked()).check(given, walk);
      if (!isObject(given)) return;

      for (const [key, one] of Object.entries(given)) {
        walk.into(key, name, key);
        walk.into(key, member(key), one);
      }
    },
    schema: {},
  };
}

/** The form of a request, whose name is the key that it has. */
function checkNamed(form: AnyForm, key: string, one: Members, walk: Walk): void {
  if (Object.hasOwn(one, 'name')) {
    walk.into(
      'name',
      { check: (_, at) => at.add('the name is the key', { remedy: 'Leave `name` out.' }), schema: {} },
      0,
    );
  } else form.check({ ...one, name: key }, walk);
}

const links = (place: RequestPlace): AnyForm => {
  const [request, reference] = [linkRequest(place), linkOrId(place)];
  const named = namedMembers('a link, or its ID', (key, one, walk) =>
    isReference(one) ? reference.check(one, walk) : checkNamed(request, key, one, walk),
  );
  return {
    check: (given, walk) => {
      if (!isObject(given)) return named.check(given, walk);

      const ids = Object.entries(given).filter(([, one]) => typeof one === 'string');
      for (const [key, one] of ids) walk.into(key, reference, one);
      named.check(Object.fromEntries(Object.entries(given).filter(([, one]) => typeof one !== 'string')), walk);
    },
    schema: {},
  };
};

const targets = (place: RequestPlace): AnyForm => {
  const request = targetRequest(place);
  return namedMembers('a target', (key, { link, ...one }, walk) => {
    walk.into('link', text, link);
    checkNamed(request, key, one, walk);
  });
};

const routes = (place: RequestPlace) =>
  list(
    choice('a route', (given) =>
      isObject(given)
        ? keyed({
            gateway: gateway(place),
            key: routeKey(place, given),
            target: text,
            settings: optional(routeSettings),
          })
        : undefined,
    ),
  );

const blocks = choice('CIDR blocks, or { cidrBlocks, ports }', (given) =>
  Array.isArray(given) ? cidrBlocks : isObject(given) ? keyed({ cidrBlocks, ports }) : undefined,
);

/** The form of a request of `ensure`: each part as the call of its own takes it, and names that are there. */
export const wholeRequest = (place: RequestPlace): Form<EnsureRequest> =>
  refined(
    strict<EnsureRequest>()({
      links: links(place) as Form<EnsureRequest['links']>,
      targets: optional(targets(place) as Form<EnsureRequest['targets']>),
      routes: optional(routes(place) as Form<EnsureRequest['routes']>),
      allow: optional(record(optional(blocks)) as Form<EnsureRequest['allow']>),
    }),
    checkNames,
  );

/** Adds a fault of a value at a path. */
function fault(walk: Walk, [key = '', ...rest]: readonly (string | number)[], message: string, remedy: string): void {
  if (rest.length > 0) walk.into(key, { check: (_, at) => fault(at, rest, message, remedy), schema: {} }, 0);
  else walk.into(key, { check: (_, at) => at.add(message, { remedy }), schema: {} }, 0);
}

function checkNames(given: EnsureRequest, walk: Walk): void {
  const { links, targets = {}, routes = [], allow = {} } = given;
  const known = (path: readonly (string | number)[], what: string, one: string, all: object): void => {
    if (Object.hasOwn(all, one)) return;

    const names = Object.keys(all);
    const remedy = names.length === 0 ? `Add ${what}s to the request.` : `Write one of ${names.join(', ')}.`;
    fault(walk, path, `the request has no ${what} ${one}`, remedy);
  };
  for (const [key, { link }] of Object.entries(targets)) known(['targets', key, 'link'], 'link', link, links);
  const seen = new Set<string>();
  for (const [at, { gateway: of, key, target }] of routes.entries()) {
    known(['routes', at, 'target'], 'target', target, targets);
    const route = canonicalJson([of as string, key]);
    if (seen.has(route)) fault(walk, ['routes', at, 'key'], `the request has ${key} twice`, 'Write each route once.');
    seen.add(route);
  }
  for (const key of Object.keys(targets)) {
    if (routes.some(({ target }) => target === key)) continue;

    fault(walk, ['targets', key], 'no route leads to it', 'Add a route to it, or call `ensureTarget`.');
  }
  for (const [key, wanted] of Object.entries(allow)) {
    known(['allow', key], 'link', key, links);
    const link: unknown = links[key];
    if (wanted === undefined || link === undefined) continue;

    if (isReference(link))
      fault(walk, ['allow', key], 'the link is used, and not changed', 'Call `allow` of that link.');
    const hasPorts = !Array.isArray(wanted) || Object.values(targets).some((one) => one.link === key);
    if (!hasPorts) {
      const remedy = "Pass { cidrBlocks, ports: [443] }, or ports: 'all'.";
      fault(walk, ['allow', key], 'the ports to open are not known: no target is on the link', remedy);
    }
  }
}
