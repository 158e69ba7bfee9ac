import type { RunMistake } from './run-mistake.js';

const part = (name: string): string => `alibaba/src/traditional/handover/${name}`;

/** In what hands groups over. */
export const HANDOVER: readonly RunMistake[] = [
  {
    what: 'what a killed run created is listed when the clock of the machine says so',
    scenario: 'hand-over: a public backend by NAT',
    events: ['kill-after'],
    recorded: true,
    file: part('run/journaled.ts'),
    from: "interruptedSteps(records, cloudNow(context)?.earliestMs ?? Number.NaN, 'any')",
    to: "interruptedSteps(records, (cloudNow(context), context.clock.now()), 'any')",
  },
  {
    what: 'a gateway that was bought is not recognized',
    scenario: 'hand-over: a gateway that is bought',
    events: ['kill'],
    file: 'alibaba/src/traditional/handover/driver/target/gateways.ts',
    from: 'tagsOf(one)[TAG] === tagValue(at) &&',
    to: 'tagsOf(one)[TAG] === `${tagValue(at)} ` &&',
  },
  {
    what: 'a route whose callers sign asks for no signature',
    scenario: 'hand-over: one domain by weights',
    file: part('run/objects.ts'),
    from: '...(route.signed ? [SIGNED] : []),',
    to: '...(route.signed ? [SIGNED].slice(1) : []),',
  },
  {
    what: 'a parameter of the path goes to another place of the path of the backend',
    scenario: 'hand-over: one domain by weights',
    file: 'alibaba/src/traditional/handover/driver/target/policies.ts',
    from: 'return at === -1 ? part : `\\\\${at + 1}`;',
    to: 'return at === -1 ? part : `\\\\${at + 2}`;',
  },
  {
    what: 'a new record is renamed before it is disabled',
    scenario: 'hand-over: one domain by weights',
    file: part('switch/next-write.ts'),
    from: "return staged.isEnabled ? { do: 'disable', record: staged } : { do: 'rename', record: staged };",
    to: "return { do: 'rename', record: staged };",
  },
  {
    what: 'the new record is removed before the former one answers',
    scenario: 'hand-over: one domain by weights',
    file: part('switch/next-write.ts'),
    from: "if (!old.isEnabled) return { do: 'enable', record: old };\n  if (fresh === undefined) return undefined;",
    to: 'if (fresh === undefined) return undefined;',
  },
  {
    what: 'where a name led before the switch is forgotten',
    scenario: 'hand-over: an A record in one step',
    file: part('switch/name-mover.ts'),
    from: 'const from = isBegun ? (before?.from ?? formerOf(only) ?? knownFormer(expected)) : formerOf(only);',
    to: 'const from = isBegun && before === undefined ? knownFormer(expected) : formerOf(only);',
  },
  {
    what: 'a drain ends when the switch ends',
    scenario: 'hand-over: one domain by weights',
    file: part('finish/drain-stage.ts'),
    from: 'const drainedAt = new Date(Date.parse(begun) + periods.drainMs).toISOString();',
    to: 'const drainedAt = new Date(Date.parse(begun)).toISOString();',
  },
];
