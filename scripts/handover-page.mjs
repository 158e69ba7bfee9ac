// The page of what a hand-over keeps, changes and loses, from its rules.
import { moduleOf } from './module-of.mjs';

/** The calls of rows, as the package of the tests has them. */
const ROWS = '../test/harness/handover/rows';

const cell = (text) => text.replaceAll('|', '\\|');

/** The tables at the end of docs/handover.md as they should be. */
export function handoverPage() {
  const { HANDOVER_RULES } = moduleOf(
    'alibaba',
    "export { HANDOVER_RULES } from './traditional/handover/assess/rules/index.ts';",
  );
  const calls = moduleOf('testing', `export * from '${ROWS}/shown-rows.ts'; export * from '${ROWS}/not-shown.ts';`);
  const shown = (rule, code, verdict) => {
    if (verdict === 'exact') return `\`${code}\`: the answers are equal`;
    const row = calls.SHOWN_ROWS.find((one) => one.rule === rule && one.code === code);
    return row
      ? `\`${code}\`: **${cell(row.shows).replaceAll('*', '\\*')}**`
      : `\`${code}\`: ${cell(calls.NOT_SHOWN[`${rule} ${code}`] ?? '')}`;
  };
  const families = new Map();
  for (const rule of HANDOVER_RULES) {
    const [family] = rule.id.split('/');
    families.set(family, [...(families.get(family) ?? []), rule]);
  }
  const rows = (rules) =>
    rules.map(({ id, classic, apig, codes }) => {
      const verdicts = Object.entries(codes).map(([code, verdict]) => `${verdict}: \`${code}\``);
      const tests = Object.entries(codes).map(([code, verdict]) => shown(id, code, verdict));
      return `| \`${id}\` | ${cell(classic)} | ${cell(apig)} | ${verdicts.join('<br>')} | ${tests.join('<br>')} |`;
    });
  const tables = [...families].map(
    ([family, rules]) => `### ${family}

| rule | API Gateway (Traditional) | Cloud-native API Gateway | verdicts | a call after the run |
| --- | --- | --- | --- | --- |
${rows(rules).join('\n')}`,
  );
  return `<!-- Written from here on by \`node scripts/check-docs.mjs --write\` from
\`packages/alibaba/src/traditional/handover/assess/rules\`. -->

## What a hand-over keeps, changes and loses

\`postern handover assess\` gives one verdict for each thing of an API group. A verdict is one of these:

- **exact**: it is carried over as it is.
- **changed**: it is carried over with a difference for callers or for the backend.
- **blocked**: it is not carried over. The hand-over waits until it is corrected, or waived with a reason.
- **unknown**: a fact is missing, or no source says what the service does. It is treated as blocked.

The tests of a row, by file and title:

- \`packages/alibaba/test/traditional/handover/assess/assess.test.ts\`, \`RULE: CODE\`: a group that has it, from
  \`rows.ts\`, and its verdict. Each code of each rule has one.
- \`packages/testing/test/harness/handover/rows.verify.test.ts\`, \`RULE CODE: WORDS\`, with the words in bold type:
  after a run of the hand-over, the call that both gateways answer differently, or equally where only the form differs.
  Where no call shows it, the last column has the reason.
- \`packages/testing/test/harness/handover/generated.verify.test.ts\`: what is exact is answered equally, on generated
  groups.

[I] marks what is inferred, [U] what is uncertain.

${tables.join('\n\n')}
`;
}
