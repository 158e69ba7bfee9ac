// Which API groups of an instance may move to another? Validates every group and writes one static page: in which order they may go,
// what stops the others, and what to add where. Nothing is changed. Credentials are found as Alibaba Cloud's own tools find them.
//   REGION=cn-hangzhou FROM=apigateway-hz-1 TO=apigateway-hz-2 PAGE=audit.html node examples/audit-instance/audit.mjs
import { writeFile } from 'node:fs/promises';
import { alibaba } from '@postern/alibaba';
import { cloud } from '@postern/alibaba/cloud';
import { clouds, isPosternError, PrivateIntegrations } from '@postern/core';
import { migrationHtml, validateInstance } from '@postern/core/moves';

const { POSTERN_SIMULATOR, ENDPOINT: endpoint = POSTERN_SIMULATOR } = process.env;
const { REGION: region, FROM: from = '', TO: to = '', PAGE = 'audit.html' } = process.env;

try {
  const driver = alibaba({ region, endpoint });
  const gate = new PrivateIntegrations(driver, { project: 'audit' });
  const snapshot = await gate.observe({ checks: true });
  const groups = validateInstance(snapshot, { region, from, to }, { clouds: clouds([cloud]), passes: false });

  const parts = groups.map(({ gateway, name, report }) => ({ what: `${name} (${gateway}) → ${to}`, report }));
  await writeFile(PAGE, migrationHtml(parts, `What was there at ${snapshot.takenAt}, in ${region}`));

  for (const { name, mayGo } of groups) console.log(`${mayGo ? 'may go  ' : 'must not'}  ${name}`);
  console.log(`${groups.filter(({ mayGo }) => mayGo).length} of ${groups.length} groups may go: ${PAGE}`);
} catch (error) {
  if (!isPosternError(error)) throw error;
  console.error(`${error.message}\n${error.remedy ?? ''}`); // no such instance, say, and what to do
  process.exitCode = 64;
}
