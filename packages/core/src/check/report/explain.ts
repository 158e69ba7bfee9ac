import type { Explanation, Hop, Path } from '../../do/findings/explanation.js';
import { fewText } from '../../ground/text/quantities.js';
import { displayText, type Style, type ReportTextOptions } from '../../ground/text/display.js';
import type { Verdict } from '../../do/findings/finding.js';
import { ruleParamsText } from './context.js';
import { MARKS } from './lists.js';
import { wrap } from '../../ground/text/wrap.js';
import { grouped } from '../../ground/grouped.js';

const ARRIVES: Readonly<Record<Verdict, string>> = {
  pass: 'calls arrive, and replies return',
  fail: 'calls do not arrive',
  unknown: 'cannot determine whether calls arrive',
};

/** A hop with a longer name does not push the rules of all others aside. */
const MOST_COLUMNS = 24;

/** Of an open path with more hops, their names are listed. */
const MOST_PASSED = 6;

const STYLES: Readonly<Record<Verdict, Style>> = { pass: 'pass', fail: 'error', unknown: 'unknown' };

/**
 * Explanations as text: each path hop by hop, with a tick, a cross or a question mark, and the rule, route or
 * entry that decides. Routes with the same target share their paths. Of paths with the same decisions, one is
 * shown in full. Of an open path with many hops, their names are shown.
 *
 *     orders: ANY /orders → target orders by link eu: calls do not arrive
 *
 *       called by https://api.example.com/orders
 *
 *       subnet-0a (10.0.1.0/24) → 10.20.1.7:443
 *         ✓ security group out  sgr-1: out tcp 443 to 10.0.0.0/8
 *         ✗ route               rtb-1: 10.20.0.0/16 → pcx-1 (blackhole)
 *             The peering is gone.
 *             → Remove the route, or create the peering again.
 */
export function explainText(
  explanations: readonly Explanation[],
  options: Pick<ReportTextOptions, 'paint' | 'width'> & {
    /** Shows the hops of every path, also where they decide alike. */
    readonly all?: boolean | undefined;
    /** Shows the hops of open paths, too. */
    readonly hops?: boolean | undefined;
  } = {},
): string {
  const { paint = (_, text) => text, width = 100, all = false, hops = all } = options;
  const lines: string[] = [];
  for (const { first, routes, names, shares } of byTarget(explanations)) {
    const { integration, target, link, paths, assumptions, failures = [] } = first;
    const from = routes.length === 0 ? 'no route' : fewText(routes);
    const line = `${integration}: ${from} → target ${target} by link ${link}: ${outcomeText(first)}`;
    lines.push(...wrap(displayText(line), width, '  ').map((one) => paint('heading', displayText(one))), '');
    if (names.length > 0) lines.push(...wrap(displayText(`  called by ${fewText(names)}`), width, '    '), '');
    for (const text of shares) lines.push(...wrap(displayText(`  ${text}`), width, '    '), '');
    for (const [path, ...alike] of all ? paths.map((one) => [one] as const) : alikePaths(paths)) {
      const others = alike.map(({ from: source, to }) => `  likewise ${source} → ${to}`);
      const isShort = !hops && path.verdict === 'pass' && path.hops.length > MOST_PASSED;
      lines.push(
        ...(isShort ? passedLines(path, paint, width) : pathLines(path, paint, width)),
        ...others.map((text) => displayText(text)),
        '',
      );
    }
    for (const { check, message, remedy } of failures) {
      const shown = (text: string, style: Style): string[] =>
        wrap(displayText(text), width, '      ').map((one) => paint(style, displayText(one)));
      lines.push(...shown(`  ${MARKS.fail} ${check}  ${message}`, 'error'));
      if (remedy !== undefined) lines.push(...shown(`    → ${remedy}`, 'remedy'));
    }
    if (failures.length > 0) lines.push('');
    for (const { path, text } of assumptions) lines.push(displayText(`  assumed ${path}: ${text}`));
    if (assumptions.length > 0) lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** An open path: the hops that all of them pass, by name. The rule of each is listed on request. */
function passedLines(path: Path, paint: NonNullable<ReportTextOptions['paint']>, width: number): string[] {
  const names = [...new Set(path.hops.map(({ hop }) => hop))];
  const text = `    ${MARKS.pass} ${path.hops.length} hops pass: ${names.join(', ')}. \`--full\` (\`all\`) lists the rule of each.`;
  const [title = ''] = pathLines({ ...path, hops: [] }, paint, width);
  return [title, ...wrap(displayText(text), width, '      ').map(displayText)];
}

/** Whether calls arrive. Where each path is open and a check failed, the checks are named. */
function outcomeText({ verdict, paths, failures = [] }: Explanation): string {
  if (failures.length === 0 || paths.some((path) => path.verdict !== 'pass')) return ARRIVES[verdict];

  const checks = [...new Set(failures.map(({ check }) => check))];
  return `the path is open, but ${fewText(checks)} failed`;
}

/**
 * Groups paths over the same kinds of hops with the same verdicts. Stopped paths must be stopped by the same
 * rule or route as well. The order is that of the first path of each group.
 */
function alikePaths(paths: readonly Path[]): readonly (readonly [Path, ...Path[]])[] {
  const alike = grouped(paths, (path) => {
    const hops = path.hops.map(({ hop, verdict, id, text, because, remedy }) =>
      verdict === 'pass' ? [hop] : [hop, verdict, id, text, because, remedy],
    );
    return JSON.stringify([path.verdict, hops]);
  });
  return [...alike.values()];
}

/** Explanations that differ only in their route, together. */
function byTarget(explanations: readonly Explanation[]) {
  const targets = new Map<string, { first: Explanation; routes: string[]; names: string[]; shares: Set<string> }>();
  for (const one of explanations) {
    const key = JSON.stringify([one.integration, one.target]);
    const known = targets.get(key) ?? { first: one, routes: [], names: [], shares: new Set() };
    targets.set(key, known);
    if (one.route !== undefined) known.routes.push(one.route);
    known.names.push(...(one.calledBy ?? []));
    for (const text of one.shares ?? []) known.shares.add(text);
  }
  return [...targets.values()];
}

/** Hops of one part of a path: those behind a load balancer are apart, below one line. */
interface Leg {
  /** `load balancer to i-1`; undefined: to the load balancer, or from it. */
  readonly name: string | undefined;
  readonly hops: readonly { readonly hop: Hop; readonly name: string }[];
}

/** `load balancer to i-1: security group out`: the part of a hop's name before the colon is that of its leg. */
const LEG = /^(load balancer to .+?): ([^]+)$/;

function legsOf(hops: readonly Hop[]): readonly Leg[] {
  const legs: { name: string | undefined; hops: { hop: Hop; name: string }[] }[] = [];
  for (const hop of hops) {
    const [, leg, rest = hop.hop] = LEG.exec(hop.hop) ?? [];
    const last = legs.at(-1);
    if (last === undefined || last.name !== leg) legs.push({ name: leg, hops: [{ hop, name: rest }] });
    else last.hops.push({ hop, name: rest });
  }
  return legs;
}

function pathLines({ from, to, hops }: Path, paint: NonNullable<ReportTextOptions['paint']>, width: number): string[] {
  const legs = legsOf(hops);
  const lengths = legs.flatMap((leg) => leg.hops.map(({ name }) => displayText(name).length));
  const column = Math.max(0, ...lengths.filter((length) => length <= MOST_COLUMNS));
  const show = (text: string, style: Style | undefined, indent: string): string[] =>
    wrap(text, width, indent)
      .map(displayText)
      .map((line) => (style === undefined ? line : paint(style, line)));
  const hopLines = ({ hop, name }: Leg['hops'][number], indent: string): string[] => {
    const { text, because, remedy, verdict } = hop;
    const below = `${indent}    `;
    return [
      ...show(
        `${indent}${MARKS[verdict]} ${displayText(name).padEnd(column)}  ${ruleParamsText(hop)}`,
        verdict === 'pass' ? undefined : STYLES[verdict],
        below,
      ),
      ...(because === undefined || because === text ? [] : show(`${below}${displayText(because)}`, undefined, below)),
      ...(remedy === undefined ? [] : show(`${below}→ ${displayText(remedy)}`, 'remedy', `${below}  `)),
    ];
  };
  return [
    displayText(`  ${from} → ${to}`),
    ...legs.flatMap((leg) => [
      ...(leg.name === undefined
        ? []
        : show(`    ${leg.name} (the path to one target is shown):`, undefined, '      ')),
      ...leg.hops.flatMap((one) => hopLines(one, leg.name === undefined ? '    ' : '      ')),
    ]),
  ];
}
