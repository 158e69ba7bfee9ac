import { hasForm } from '../../../ground/text/wildcards.js';
import type { GatewayKindTraits, PathSyntax } from './gateway-traits.js';

/**
 * Which of these route keys takes a call, `GET /orders/7`, by the rule of a kind of gateway. A key that is given as it is takes itself,
 * and `$default` what no other does: all messages that have no key of their own, where keys are not paths.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html
 * @see https://github.com/alibaba/higress/blob/main/pkg/ingress/kube/common/tool.go SortHTTPRoutes
 */
export function servingKey(
  call: string,
  keys: readonly string[],
  { paths }: Pick<GatewayKindTraits, 'paths'>,
): string | undefined {
  if (keys.includes(call)) return call;

  const [, method, path] = /^([A-Z]+) (\/[^?\s]*)/.exec(call) ?? [];
  if (paths !== undefined && (method === undefined || path === undefined)) return undefined;

  const matching = keys.flatMap((key) => {
    const ranks = paths && ranksOf(key, method ?? '', path ?? '', paths);
    return ranks === undefined ? [] : [{ key, ranks }];
  });
  const [best] = matching.toSorted((a, b) => compared(a.ranks, b.ranks));
  return best?.key ?? keys.find((key) => key === '$default');
}

/** Ranks that are compared one by one; the smaller one takes the call. */
type Ranks = readonly number[];

function compared(a: Ranks, b: Ranks): number {
  const at = a.findIndex((rank, index) => rank !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** How well a key matches a call; undefined where it does not, or where conditions beside the path decide. */
function ranksOf(
  key: string,
  method: string,
  path: string,
  { choice, ignoresLastSlash }: PathSyntax,
): Ranks | undefined {
  const [, methods = '', template] = /^([A-Z,]+) (\/\S*|~.*)$/.exec(key) ?? [];
  const isAny = methods === 'ANY';
  if (template === undefined || !(isAny || methods.split(',').includes(method))) return undefined;
  if (choice === 'by-length') return ranksByLength(template, path, isAny);

  const parts = (text: string): readonly string[] => {
    const kept = ignoresLastSlash === true ? text.replace(/\/$/, '') : text;
    return kept === '' ? [] : kept.slice(1).split('/');
  };
  const kinds = kindsOf(parts(template), parts(path));
  return kinds && [...(choice === 'whole-first' ? [Number(kinds.at(-1) === REST)] : []), ...kinds, Number(isAny)];
}

// The kinds of parts, the most specific first.
const FIXED = 0;
const VARIABLE = 1;
const REST = 2;

/** `{proxy+}` of AWS, `*` of Alibaba Cloud. */
const GREEDY = /^(?:\{.+\+\}|\*)$/;
/** `{id}` of AWS, `[id]` of Alibaba Cloud. */
const ONE_PART = /^(?:\{.+\}|\[.+\])$/;

function kindsOf(parts: readonly string[], segments: readonly string[]): Ranks | undefined {
  const kinds: number[] = [];
  for (const [at, part] of parts.entries()) {
    const segment = segments[at];
    if (segment === undefined) return undefined;
    if (GREEDY.test(part)) return [...kinds, REST];

    const isFixed = part === unescaped(segment);
    if (!isFixed && (segment === '' || !ONE_PART.test(part))) return undefined;

    kinds.push(isFixed ? FIXED : VARIABLE);
  }
  return parts.length === segments.length ? kinds : undefined;
}

function unescaped(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The prefix `/` last; whole paths, prefixes, expressions; longer ones first. A prefix ends at a segment. */
function ranksByLength(template: string, path: string, isAny: boolean): Ranks | undefined {
  const prefix = template.replace(/(?:\{[^{}]+\+\}|\*)$/, '');
  const isExpression = template.startsWith('~') || /[{}]/.test(prefix);
  const ranked = (kind: number, { length }: string): Ranks => [
    Number(template === '/{proxy+}'),
    kind,
    -length,
    Number(isAny),
  ];
  if (isExpression) {
    const text = template.startsWith('~') ? template.slice(1) : `^${expressionOf(template)}$`;
    const fits = template.startsWith('~') ? matches(text, path) : hasForm(formOf(template), path);
    return fits ? ranked(2, text) : undefined;
  }
  if (prefix === template) return path === template ? ranked(0, template) : undefined;

  return `${path}/`.startsWith(`${prefix.replace(/\/$/, '')}/`) ? ranked(1, prefix) : undefined;
}

/** As {@link expressionOf}. */
function formOf(template: string): Parameters<typeof hasForm>[0] {
  return template.split(/(\{[^{}]+\})/).map((part) => {
    if (part.endsWith('+}')) return { least: 0 };

    return part.startsWith('{') ? { least: 1, inSegment: true } : part;
  });
}

function expressionOf(template: string): string {
  return template
    .split(/(\{[^{}]+\})/)
    .map((part) =>
      part.endsWith('+}')
        ? '.*'
        : part.startsWith('{')
          ? '[^/]+'
          : part.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`),
    )
    .join('');
}

function matches(expression: string, path: string): boolean {
  try {
    return new RegExp(`^(?:${expression})`).test(path);
  } catch {
    return false;
  }
}
