// The page of the types of plans: what is judged of them, and how they are carried out, from the rows and acts of each cloud.
import { moduleOf } from './module-of.mjs';

const code = (text) => `\`${text}\``;

/** docs/plan-types.md as it should be. */
export function planTypesPage() {
  const { CLOUDS } = moduleOf(
    'alibaba',
    `import { plans as aws } from '../../aws/src/plans/index.ts';
     import { plans as alibaba } from './plans/index.ts';
     export const CLOUDS = [aws, alibaba];`,
  );
  return `# Types of plans

<!-- Written by \`node scripts/check-docs.mjs --write\` from \`packages/{aws,alibaba}/src/plans\`. -->

Which types of a plan are judged, and which are [carried out](terraform.md#what-the-cloud-refuses) on simulated clouds. Types of CloudFormation and Pulumi become these types.

- **judged**: the type is laid over the snapshot, and paths over it are judged.
- **carried out**: the calls that create, change and delete it are made. Where "change" is missing, a change of it in place is not carried out. Most such types are replaced. "exists only" is one of which it matters only that it exists: a refusal of it is no finding.

${CLOUDS.map(sectionOf).join('\n\n')}
`;
}

function sectionOf({ cloud, terraform, acts: { acts, inert } }) {
  const isData = (type) => type.startsWith('data.');
  const types = [...new Set([...Object.keys(terraform.rows), ...Object.keys(acts)])].filter((type) => !isData(type));
  const rows = types.toSorted().map((type) => {
    const judged = Object.hasOwn(terraform.rows, type) ? 'yes' : 'no';
    return `| ${code(type)} | ${judged} | ${carried(acts[type])} |`;
  });
  const read = Object.keys(acts).filter(isData).toSorted();
  return `## ${cloud.title}

| type | judged | carried out |
| --- | --- | --- |
${rows.join('\n')}

Data sources that are read on the twin: ${read.map((type) => code(type.replace('data.', ''))).join(', ')}.

Types that change nothing which calls notice, so that nothing is carried out of them, by the form of their names:

${inert.map(({ source }) => `- ${code(source)}`).join('\n')}`;
}

function carried(act) {
  if (act === undefined) return '**no**';
  if (act.isAuxiliary) return 'exists only';

  return ['create', act.update && 'change', act.remove && 'delete'].filter(Boolean).join(', ');
}
