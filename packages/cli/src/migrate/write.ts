import path from 'node:path';
import {
  asReport,
  blockersOf,
  CHECKS,
  displayText,
  instanceJson,
  migrationHtml,
  migrationJson,
  migrationMarkdown,
  migrationText,
  MIGRATION_CHECKS,
  sarifReport,
  type MigrationReport,
  type Report,
} from '@postern/core';
import type { CommonOptions, Io } from '../io.js';
import { note } from '../output.js';
import { painter } from '../painter.js';
import { VERSION } from '../version.js';
import type { MigrateOptions } from './options.js';

/** One gateway that was judged. */
export interface Judged {
  readonly gateway: string;
  readonly name: string;
  readonly report: MigrationReport;
  readonly passed: number;
}

/** Writes what was found: on stdout in the form that was asked for, and as a page where `--html` names one. */
export async function writeReports(
  io: Io,
  judged: readonly Judged[],
  { heading, to, whole }: { readonly heading: string; readonly to: string; readonly whole: boolean },
  options: MigrateOptions & CommonOptions,
): Promise<void> {
  const { json, sarif, md, html, route } = options;
  const part = route === undefined ? '' : `${route} of `;
  const what = ({ gateway, name }: Judged): string =>
    `${part}${name === gateway ? '' : `${name} `}(${gateway}) → ${to}`.trim();
  if (html !== undefined) {
    const { writeTextFile } = await import('@postern/core/node');
    const parts = judged.map((one) => ({ what: what(one), report: withoutPasses(one.report), passed: one.passed }));
    await writeTextFile(path.resolve(io.cwd, html), migrationHtml(parts, heading), { mode: 0o644 });
    note(io, `the page is in ${html}`);
  }
  if (json === true) {
    note(io, heading);
    const [first] = judged;
    if (whole) {
      const groups = judged.map((one) => ({ ...one, mayGo: blockersOf(one.report).length === 0 }));
      io.stdout.write(instanceJson(groups));
    } else if (first !== undefined) io.stdout.write(migrationJson(first.report));
  } else if (sarif === true) {
    note(io, heading);
    const rules = [...CHECKS, ...MIGRATION_CHECKS];
    io.stdout.write(sarifReport(joined(judged), EMPTY, { rules, version: VERSION }));
  } else if (md === true) {
    note(io, heading);
    const texts = judged.map((one) => migrationMarkdown(withoutPasses(one.report), what(one), { passed: one.passed }));
    io.stdout.write(texts.join('\n'));
  } else {
    const paint = painter(io);
    const width = io.stdout.columns;
    const texts = judged.map((one) =>
      migrationText(withoutPasses(one.report), what(one), { passed: one.passed, paint, width }),
    );
    io.stdout.write(`${heading}\n\n${texts.join('\n')}${whole ? orderText(judged) : ''}`);
  }
}

/** A migration has no spec; its findings have no line. */
const EMPTY = { version: 1, project: 'migration', links: {}, integrations: {} } as const;

function withoutPasses(report: MigrationReport): MigrationReport {
  return { ...report, findings: report.findings.filter(({ verdict }) => verdict !== 'pass') };
}

function joined(judged: readonly Judged[]): Report {
  const reports = judged.map(({ report }) => asReport(report));
  return {
    version: 1,
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
  return `\nmay go, in this order\n${lines.join('\n') || '  none'}\n${not.length === 0 ? '' : `must not go\n${not.join('\n')}\n`}`;
}
