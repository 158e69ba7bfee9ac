// The page of what a hand-over keeps, changes and loses, from the rules of core.
import { moduleOf } from './module-of.mjs';

const cell = (text) => text.replaceAll('|', '\\|');

/** docs/handover-rows.md as it should be. */
export function handoverPage() {
  const { HANDOVER_RULES } = moduleOf('core', "export { HANDOVER_RULES } from './handover/assess/rules/index.ts';");
  const families = new Map();
  for (const rule of HANDOVER_RULES) {
    const [family] = rule.id.split('/');
    families.set(family, [...(families.get(family) ?? []), rule]);
  }
  const rows = (rules) =>
    rules.map(({ id, classic, apig, codes }) => {
      const verdicts = Object.entries(codes).map(([code, verdict]) => `${verdict}: \`${code}\``);
      return `| \`${id}\` | ${cell(classic)} | ${cell(apig)} | ${verdicts.join('<br>')} |`;
    });
  const tables = [...families].map(
    ([family, rules]) => `## ${family}

| rule | API Gateway (Traditional) | Cloud-native API Gateway | verdicts |
| --- | --- | --- | --- |
${rows(rules).join('\n')}`,
  );
  return `# What a hand-over keeps, changes and loses

Written by \`node scripts/check-docs.mjs --write\` from the rules in \`packages/core/src/handover/assess/rules\`.
[The guide](handover.md) says how to use them. A verdict is one of these:

- **exact**: it is carried over as it is.
- **changed**: it is carried over with a difference for callers or for the backend.
- **blocked**: it is not carried over. The hand-over waits until it is corrected, or waived with a reason.
- **unknown**: a fact is missing, or no source says what the service does. It is treated as blocked.

Each code has a group that has it in \`packages/core/test/handover/assess/rows.ts\`, and the test requires one for each.
[I] marks what is inferred, [U] what is uncertain.

${tables.join('\n\n')}
`;
}
