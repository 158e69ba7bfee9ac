// A job of a pipeline that must pass before an API group moves: reads what the move touches, keeps it as a file, shows what was found in
// its log and its summary, and fails where the group must not move. What nobody can know has to be accepted by name.
//   REGION=cn-hangzhou GROUP=… TO=apigateway-hz-2 ACCEPT=migrate/stage-variable node examples/validate-from-ci/validate.mjs
import { appendFile } from 'node:fs/promises';
import { alibaba } from '@postern/alibaba';
import { cloud } from '@postern/alibaba/cloud';
import { clouds, createContext, isPosternError } from '@postern/core';
import {
  acceptUnknowns,
  blockersOf,
  migrationMarkdown,
  migrationText,
  parseAccepted,
  validateMigration,
} from '@postern/core/moves';
import { SNAPSHOT_VERSION } from '@postern/core/snapshot';
import { writeSnapshotFile } from '@postern/core/node';

const { POSTERN_SIMULATOR, ENDPOINT: endpoint = POSTERN_SIMULATOR } = process.env;
const { REGION: region, GROUP: group = '', TO: to = '', ACCEPT = '' } = process.env;
const { SNAPSHOT = 'snapshot.json', GITHUB_STEP_SUMMARY: summary } = process.env;

try {
  // Only what the move touches is read, and nothing is changed.
  const scope = { gateways: [{ apiGroup: group }], links: [to], checks: true, uses: true };
  const driver = alibaba({ region, endpoint });
  const set = clouds([cloud]);
  const read = await driver.observe(scope, createContext());
  const snapshot = { version: SNAPSHOT_VERSION, takenAt: new Date().toISOString(), regions: [read] };
  await writeSnapshotFile(SNAPSHOT, snapshot); // `postern migrate validate --snapshot` looks at it again

  const report = validateMigration(snapshot, { group, to }, { clouds: set, passes: false });
  const accept = ACCEPT.split(',')
    .filter(Boolean)
    .map((text) => parseAccepted(text, set));
  const accepted = acceptUnknowns(report, accept);
  if (summary) await appendFile(summary, migrationMarkdown(accepted, `${group} → ${to}`));
  console.log(migrationText(accepted, `${group} → ${to}`));
  if (blockersOf(accepted).length > 0) process.exitCode = 1;
} catch (error) {
  if (!isPosternError(error)) throw error;
  console.error(`${error.message}\n${error.remedy ?? ''}`); // no such group, say, and what to do
  process.exitCode = 64;
}
