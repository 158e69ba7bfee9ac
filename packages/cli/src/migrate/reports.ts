import type { Snapshot, AssumedFacts } from '@postern/core/internal/library';
import { checksOf, REPORT_VERSION, type Report } from '@postern/core/internal/check';
import {
  asReport,
  blockersOf,
  instanceJson,
  migrationHtml,
  migrationJson,
  migrationMarkdown,
  migrationText,
  migrationChecksOf,
  type MigrationReport,
  type MoveStatus,
} from '@postern/core/internal/moves';
import { counted, displayText } from '@postern/core/internal/report';
import type { PicturedMove } from '@postern/core/internal/graph';
import type { ReportFormat } from '../grammar/options.js';
import type { CommonOptions } from '../invocation.js';
import { painter } from '../output/colors.js';
import { note } from '../output/print.js';
import { writeOutput } from '../output/files.js';
import { checkedCloudsOf } from '../spec/brought-clouds.js';
import type { Io } from '../process/io.js';
import { machineReport, withoutPasses, writeReport } from '../report/write-report.js';
import type { MigrateOptions } from './migrate-options.js';
import { watchLines } from './moves.js';

/** One gateway that was judged. */
export interface Judged {
  readonly gateway: string;
  readonly name: string;
  readonly report: MigrationReport;
  readonly passed: number;
  /** What moves, for the pictures of the page. */
  readonly move: PicturedMove;
}

/** Writes the findings: to stdout or to a file in the requested form, and as a page where `--html` names one. */
export async function writeReports(
  io: Io,
  judged: readonly Judged[],
  {
    snapshot,
    heading,
    to,
    whole,
  }: { readonly snapshot: Snapshot; readonly heading: string; readonly to: string; readonly whole: boolean },
  options: MigrateOptions & CommonOptions,
): Promise<void> {
  const { html, route } = options;
  const clouds = await checkedCloudsOf(io);
  const part = route === undefined ? '' : `${route} of `;
  const what = ({ gateway, name }: Judged): string =>
    `${part}${name === gateway ? '' : `${name} `}(${gateway}) → ${to}`.trim();
  const page = async (): Promise<string> => {
    const { drawMove } = await import('../graph/draw-move.js');
    const parts = [];
    for (const one of judged) {
      const pictures = await drawMove(snapshot, { ...one.move, findings: one.report.findings }, clouds);
      parts.push({ what: what(one), report: withoutPasses(one.report), passed: one.passed, pictures });
    }
    return migrationHtml(parts, heading);
  };
  if (html !== undefined) {
    await writeOutput(io, html, await page());
    note(io, `the page is in ${html}`);
  }
  const text = (how: { readonly paint?: ReturnType<typeof painter>; readonly width?: number | undefined }): string => {
    const texts = judged.map((one) =>
      migrationText(withoutPasses(one.report), what(one), { passed: one.passed, ...how }),
    );
    return `${heading}\n\n${texts.join('\n')}${whole ? orderText(judged) : ''}`;
  };
  const render = (form: ReportFormat): Promise<string> | string => {
    switch (form) {
      case 'html':
        return page();
      case 'text':
        return text({});
      case 'json':
        return jsonOf(judged, whole);
      case 'md':
        return judged
          .map((one) => migrationMarkdown(withoutPasses(one.report), what(one), { passed: one.passed }))
          .join('\n');
      default: {
        const rules = [...checksOf(clouds), ...migrationChecksOf(clouds)];
        const how = { failOn: 'unknown', name: 'postern migrate validate' } as const;
        return machineReport(form, { report: joined(judged), rules, cwd: io.cwd }, how);
      }
    }
  };
  const painted = (): string => text({ paint: painter(io), width: io.stdout.columns });
  await writeReport(io, { heading, render, painted }, options);
}

function jsonOf(judged: readonly Judged[], whole: boolean): string {
  const [first] = judged;
  if (!whole && first !== undefined) return migrationJson(first.report);

  return instanceJson(judged.map((one) => ({ ...one, mayGo: blockersOf(one.report).length === 0 })));
}

function joined(judged: readonly Judged[]): Report {
  const reports = judged.map(({ report }) => asReport(report));
  return {
    version: REPORT_VERSION,
    findings: reports.flatMap(({ findings }) => findings),
    gaps: reports[0]?.gaps ?? [],
    assumptions: reports.flatMap(({ assumptions }) => assumptions),
  };
}

function orderText(judged: readonly Judged[]): string {
  const may = judged.filter(({ report }) => blockersOf(report).length === 0);
  const name = (one: Judged): string => displayText(`${one.name} (${one.gateway})`);
  const lines = may.map((one, at) => `  ${at + 1}. ${name(one)}`);
  const not = judged.filter((one) => !may.includes(one)).map((one) => `  ✗ ${name(one)}`);
  return `\ncan move, in this order\n${lines.join('\n') || '  none'}\n${not.length === 0 ? '' : `must not move\n${not.join('\n')}\n`}`;
}

/** A move for people: where it is, what was added, what to do next. */
export function statusLines({
  move,
  from,
  to,
  state,
  phase,
  at,
  units,
  added,
  drainedAt,
  watchedUntil,
  next,
}: MoveStatus): string[] {
  const on = (where: string): number => units.filter((unit) => unit.at === where).length;
  const rest = units.filter((unit) => unit.at !== 'new' && unit.at !== 'old');
  return [
    `${move}  ${from} → ${to}  ${state}, phase ${phase}, last record ${at}`,
    `  ${counted(units.length, 'unit')}: ${on('new')} on ${to}, ${on('old')} on ${from}`,
    ...rest.map((unit) => `  ${unit.name}: ${unit.at}${unit.because === undefined ? '' : `: ${unit.because}`}`),
    ...(added.length === 0 ? [] : [`  added: ${added.join('; ')}`]),
    ...(drainedAt === undefined ? [] : [`  the drain ends at ${drainedAt}`]),
    ...watchLines(watchedUntil),
    `  next: ${next}`,
  ].map((line) => displayText(line));
}

/** Until when a change may still take effect whose process did not end. */

/** Facts that no API shows, as a spec declares them. Nothing is assumed where no spec is named. */
export async function assumptionsOf(
  io: Io,
  { spec, region }: Pick<MigrateOptions, 'spec' | 'region'>,
): Promise<AssumedFacts | undefined> {
  if (spec === undefined) return undefined;

  const { loadSpec } = await import('../spec/load-spec.js');
  return (await loadSpec(spec, io, { region, factsOnly: true })).spec.assume;
}
