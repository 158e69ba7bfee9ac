import { bracedPath, hasParameters, isGreedy, type RouteMatch } from '../../mapping/route-match.js';
import { apiRule, blocked, changed, exact, handoverRule, type HandoverRule } from '../rule.js';
import { aboutAll, type AssessView, type Published } from '../view.js';

/** `GET /orders/[id]`. */
export const keyText = ({ method, path }: Pick<Published, 'method' | 'path'>): string => `${method} ${path}`;

/** `route GET Regex ^/orders/[^/]+$`. */
export const routeText = ({ methods, path: { type, value } }: RouteMatch): string =>
  `route ${methods.join(', ') || 'all methods'} ${type} ${value}`;

const routeOf = (view: AssessView, one: Published): string => routeText(view.matchOf(one));

const fixed = apiRule({
  id: 'path/fixed',
  classic: 'a method and a fixed path; the method `ANY`',
  apig: 'a route that matches the path exactly; for `ANY` without methods',
  codes: {
    PATH_KEPT: exact('{key} becomes a route that matches this path and no other.', { target: '{route}' }),
  },
  find: (one, say, view) =>
    hasParameters(one.path) || isGreedy(one.path)
      ? undefined
      : say.PATH_KEPT(one.about, { key: keyText(one), route: routeOf(view, one) }),
});

const parameters = apiRule({
  id: 'path/parameters',
  classic: 'a path with parameters: `/a/[id]`',
  apig: 'a route with an expression: `^/a/[^/]+$` (an operation of type Rest writes `/a/{id}`)',
  codes: {
    PATH_PARAMETERS: changed(
      '{key} becomes a route with an expression. The same paths match, but the backend gets no parameter by name. In a contract of type Rest the path is {contractPath}.',
      { target: '{route}', affects: ['callers'], who: 'platform' },
    ),
  },
  find: (one, say, view) =>
    hasParameters(one.path)
      ? say.PATH_PARAMETERS(one.about, {
          key: keyText(one),
          route: routeOf(view, one),
          contractPath: bracedPath(one.path),
        })
      : undefined,
});

const greedy = apiRule({
  id: 'path/greedy',
  classic: 'a path that ends with `/*`',
  apig: 'a route that matches the prefix; the HTTP API has the type Http',
  codes: {
    PATH_GREEDY: changed(
      '{key} becomes a route for all paths that begin with {prefix}. Other routes are preferred in the order of the engine: exact paths, then prefixes, then expressions.',
      { target: '{route}', affects: ['callers'], who: 'platform' },
    ),
  },
  find: (one, say, view) =>
    isGreedy(one.path)
      ? say.PATH_GREEDY(one.about, { key: keyText(one), route: routeOf(view, one), prefix: one.path.slice(0, -1) })
      : undefined,
});

const overlap = handoverRule({
  id: 'path/overlap',
  classic: 'two paths with parameters or `*` that match the same calls',
  apig: 'two routes; the engine prefers the longer expression',
  codes: {
    PATHS_OVERLAP: changed(
      '{key} ({api}) and {otherKey} ({otherApi}) match the same calls. The engine chooses the longer expression, which may be another choice than now [U].',
      {
        target: '{routes:;}',
        affects: ['callers'],
        who: 'platform',
        remedy: 'Call a path that both match while the hand-over is proven, or make the two paths different.',
      },
    ),
  },
  *find(view, say) {
    for (const stage of view.stages.keys()) {
      for (const [a, b] of view.matches(stage).overlaps) {
        yield say.PATHS_OVERLAP(aboutAll(a.about.source, stage, [a, b]), {
          key: keyText(a),
          api: a.api.name,
          otherKey: keyText(b),
          otherApi: b.api.name,
          routes: [routeOf(view, a), routeOf(view, b)],
        });
      }
    }
  },
});

const oneRoute = handoverRule({
  id: 'path/one-route',
  classic: 'two APIs whose paths differ in the names of parameters only',
  apig: 'none: both would be the same route',
  codes: {
    ONE_ROUTE: blocked('{apis:and} would become one route.', {
      target: '{route}',
      affects: ['callers'],
      who: 'platform',
      waivable: false,
      remedy: 'Change the path of one of them, or take one of them offline.',
    }),
  },
  *find(view, say) {
    for (const stage of view.stages.keys()) {
      for (const same of view.matches(stage).same) {
        const [first] = same as [Published];
        yield say.ONE_ROUTE(aboutAll(first.about.source, stage, same), {
          apis: same.map((one) => `${one.api.name} (${keyText(one)})`),
          route: routeOf(view, first),
        });
      }
    }
  },
});

export const pathRules: readonly HandoverRule[] = [fixed, parameters, greedy, overlap, oneRoute];
