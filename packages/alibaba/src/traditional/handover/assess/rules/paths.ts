import { bracedPath, hasParameters, isGreedy, type RouteMatch } from '../../mapping/route-match.js';
import { say, type HandoverRule } from '../rule.js';
import { aboutAll, type AssessView, type Published } from '../view.js';

/** `GET /orders/[id]`. */
export const keyText = ({ method, path }: Pick<Published, 'method' | 'path'>): string => `${method} ${path}`;

/** `route GET Regex ^/orders/[^/]+$`. */
export const routeText = ({ methods, path: { type, value } }: RouteMatch): string =>
  `route ${methods.join(', ') || 'all methods'} ${type} ${value}`;

const routeOf = (view: AssessView, one: Published): string => routeText(view.matchOf(one));

const fixed: HandoverRule = {
  id: 'path/fixed',
  classic: 'a method and a fixed path; the method `ANY`',
  apig: 'a route that matches the path exactly; for `ANY` without methods',
  codes: { PATH_KEPT: 'exact' },
  *find(view) {
    for (const one of view.published) {
      if (hasParameters(one.path) || isGreedy(one.path)) continue;
      yield say.exact('PATH_KEPT', one.about, {
        target: routeOf(view, one),
        message: `${keyText(one)} becomes a route that matches this path and no other.`,
      });
    }
  },
};

const parameters: HandoverRule = {
  id: 'path/parameters',
  classic: 'a path with parameters: `/a/[id]`',
  apig: 'a route with an expression: `^/a/[^/]+$` (an operation of type Rest writes `/a/{id}`)',
  codes: { PATH_PARAMETERS: 'changed' },
  *find(view) {
    for (const one of view.published) {
      if (!hasParameters(one.path)) continue;
      yield say.changed('PATH_PARAMETERS', one.about, {
        target: routeOf(view, one),
        affects: ['callers'],
        who: 'platform',
        message: `${keyText(one)} becomes a route with an expression. The same paths match, but the backend gets no parameter by name. In a contract of type Rest the path is ${bracedPath(one.path)}.`,
      });
    }
  },
};

const greedy: HandoverRule = {
  id: 'path/greedy',
  classic: 'a path that ends with `/*`',
  apig: 'a route that matches the prefix; the HTTP API has the type Http',
  codes: { PATH_GREEDY: 'changed' },
  *find(view) {
    for (const one of view.published) {
      if (!isGreedy(one.path)) continue;
      yield say.changed('PATH_GREEDY', one.about, {
        target: routeOf(view, one),
        affects: ['callers'],
        who: 'platform',
        message: `${keyText(one)} becomes a route for all paths that begin with ${one.path.slice(0, -1)}. Other routes are preferred in the order of the engine: exact paths, then prefixes, then expressions.`,
      });
    }
  },
};

const overlap: HandoverRule = {
  id: 'path/overlap',
  classic: 'two paths with parameters or `*` that match the same calls',
  apig: 'two routes; the engine prefers the longer expression',
  codes: { PATHS_OVERLAP: 'changed' },
  *find(view) {
    for (const stage of view.stages.keys()) {
      for (const [a, b] of view.matches(stage).overlaps) {
        yield say.changed('PATHS_OVERLAP', aboutAll(a.about.source, stage, [a, b]), {
          target: `${routeOf(view, a)}; ${routeOf(view, b)}`,
          affects: ['callers'],
          who: 'platform',
          message: `${keyText(a)} (${a.api.name}) and ${keyText(b)} (${b.api.name}) match the same calls. The engine chooses the longer expression, which may be another choice than now [U].`,
          remedy: 'Call a path that both match while the hand-over is proven, or make the two paths different.',
        });
      }
    }
  },
};

const oneRoute: HandoverRule = {
  id: 'path/one-route',
  classic: 'two APIs whose paths differ in the names of parameters only',
  apig: 'none: both would be the same route',
  codes: { ONE_ROUTE: 'blocked' },
  *find(view) {
    for (const stage of view.stages.keys()) {
      for (const same of view.matches(stage).same) {
        const [first] = same as [Published];
        const names = same.map((one) => `${one.api.name} (${keyText(one)})`).join(' and ');
        yield say.blocked('ONE_ROUTE', aboutAll(first.about.source, stage, same), {
          target: routeOf(view, first),
          affects: ['callers'],
          who: 'platform',
          waivable: false,
          message: `${names} would become one route.`,
          remedy: 'Change the path of one of them, or take one of them offline.',
        });
      }
    }
  },
};

export const pathRules: readonly HandoverRule[] = [fixed, parameters, greedy, overlap, oneRoute];
