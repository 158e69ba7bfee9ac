// Which file of the repository is which page of the site. A page has one kind; its address begins with the kind.

/** The four kinds, in the order of the navigation. A page is [source, name, title in the navigation]. */
export const KINDS = [
  {
    kind: 'tutorial',
    title: 'Tutorial',
    groups: [{ pages: [['docs/tutorial.md', 'index', 'A first private integration']] }],
  },
  {
    kind: 'guides',
    title: 'Guides',
    groups: [
      {
        title: 'Run',
        pages: [
          ['docs/adopt.md', 'adopt', 'Adopt what exists'],
          ['docs/planner.md', 'advise', 'Plan capacity and cost'],
          ['docs/probe.md', 'probe', 'Test with a real call'],
          ['docs/snapshots.md', 'snapshots', 'Work from a snapshot'],
          ['docs/cidr.md', 'cidr', 'Compare and divide CIDR blocks'],
          ['docs/ci.md', 'ci', 'Check in CI'],
          ['docs/fleet.md', 'fleets', 'Many specs: fleets'],
        ],
      },
      {
        title: 'Move',
        pages: [
          ['docs/move.md', 'move', 'Move an API group'],
          ['docs/migration.md', 'migrations', 'Validate and run a migration'],
          ['docs/rehearsal.md', 'rehearse', 'Rehearse a change'],
        ],
      },
      {
        title: 'Extend',
        pages: [
          ['docs/simulator.md', 'simulators', 'Use the simulated clouds'],
          ['docs/write-a-check.md', 'write-a-check', 'Write a check'],
          ['docs/write-an-adapter.md', 'write-an-adapter', 'Write an adapter'],
          ['docs/write-a-simulated-service.md', 'write-a-simulated-service', 'Write a simulated service'],
        ],
      },
    ],
  },
  {
    kind: 'reference',
    title: 'Reference',
    groups: [
      {
        title: 'Command line',
        pages: [
          ['docs/command-line.md', 'command-line', 'Common options'],
          ['docs/spec-commands.md', 'spec-commands', 'Commands around the spec'],
        ],
      },
      {
        title: 'Spec and checks',
        pages: [
          ['docs/spec.md', 'spec', 'Spec'],
          ['docs/checks.md', 'checks', 'Checks'],
          ['docs/errors.md', 'errors', 'Error codes'],
        ],
      },
      {
        title: 'Facts',
        pages: [
          ['docs/options.md', 'options', 'Options, quotas, prices'],
          ['docs/outcomes.md', 'outcomes', 'Outcomes of calls'],
          ['docs/glossary.md', 'glossary', 'Glossary'],
          ['docs/versions.md', 'versions', 'Versions'],
        ],
      },
    ],
  },
  {
    kind: 'explanation',
    title: 'Explanation',
    groups: [
      {
        pages: [
          ['docs/concepts.md', 'concepts', 'Concepts'],
          ['docs/architecture.md', 'architecture', 'Architecture'],
        ],
      },
    ],
  },
];

/** Every page: its source in the repository, and its place on the site. */
export function pages(kinds = KINDS) {
  return kinds.flatMap(({ kind, groups }) =>
    groups.flatMap((group) =>
      group.pages.map(([source, name, title]) => ({ kind, source, place: `${kind}/${name}.md`, title })),
    ),
  );
}
