import type { Finding } from '@postern/core/internal/library';
import { counted, displayText, jsonText } from '@postern/core/internal/report';
import type { WatchHistory } from '@postern/core/internal/watch';
import type { FleetClient, FleetEvent, RunState } from '@postern/fleet/internal/fleet';
import { fleetReport, fleetReportHtml, type FleetReport } from '@postern/fleet/report';
import { chooseRun, openFleet, authorOf } from '../../fleet/open-fleet.js';
import { serveUi } from '../../fleet/ui-server.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { printJson, printLines, jsonLines } from '../../output/print.js';
import { untilInterrupted } from '../../process/interruption.js';
import { writeReportFiles } from '../../report/write-report.js';

/** `postern fleet report`: who changed what, when and why, and findings over all accounts. */
export async function report({ io, args: [id], options }: CallOf<typeof grammar.report>): Promise<number> {
  const client = await openFleet(io, options);
  const report = await reportOf(client, await chooseRun(client, id));
  await writeReportFiles(io, options.report, (format) =>
    format === 'html' ? fleetReportHtml(report) : `${jsonText(report, 2)}\n`,
  );
  if (options.json === true) printJson(io, report);
  else printLines(io, ...summaryOf(report));
  return 0;
}

async function reportOf(client: FleetClient, state: RunState): Promise<FleetReport> {
  const units = await client.units(state.run);
  const events: FleetEvent[] = [];
  const findings: Record<string, readonly Finding[]> = {};
  let histories: Record<string, WatchHistory> | undefined;
  for (const { name, watched } of state.specs) {
    events.push(...(await client.events(state.run, { spec: name })));
    if (state.goal === 'check') findings[name] = await client.findings(state.run, name);
    if (watched !== undefined) (histories ??= {})[name] = await client.history(watched.history);
  }
  return fleetReport({ run: state, units, events, findings, histories }, new Date().toISOString());
}

function summaryOf({ run, changes, findings, units }: FleetReport): readonly string[] {
  const failed = changes.filter(({ outcome }) => outcome === 'failed').length;
  const found = findings.map(
    ({ check, severity, verdict, found: all }) =>
      `  ${verdict === 'unknown' ? 'undecided' : severity} ${check}: ${all.length}`,
  );
  return [
    `Run ${run.run} (${run.goal}): ${run.state}, ${counted(run.specs.length, 'spec')}, ${counted(units.length, 'unit')}`,
    `Changes: ${changes.length - failed} done, ${failed} failed`,
    ...(found.length === 0 ? [] : ['Findings:', ...found]),
  ].map((line) => displayText(line));
}

/** `postern fleet ui`: serves runs as pages on this machine until it is interrupted. */
export async function ui({ io, options }: CallOf<typeof grammar.ui>): Promise<number> {
  const client = await openFleet(io, options);
  const server = await serveUi({ client, port: options.port ?? 0, by: authorOf(io, options).by });
  if (options.json === true) jsonLines(io)({ type: 'listening', url: server.url });
  else printLines(io, `Open ${server.url}`);
  const { exitCode } = await untilInterrupted(io);
  await server.close();
  return exitCode;
}
