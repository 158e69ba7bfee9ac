import type { Snapshot } from '@postern/core/internal/library';
import { plans } from '@postern/aws/plans';
import {
  askTerraform,
  judgeTerraform,
  readTerraform,
  type AddressedFinding,
  type JudgedIntegration,
} from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { EMPTY } from '../../../../aws/test/plans/shop-plan.js';
import { FORMS, type Form } from './forms.js';
import { documentOf, readRecords, type Records } from './records.js';

/** What is judged of the route that a form's call needs. */
export interface JudgedForm {
  readonly verdict: string;
  readonly route: JudgedIntegration | undefined;
  readonly findings: readonly AddressedFinding[];
  /** All that is said: the reason, interruptions, findings with their addresses, notes. */
  readonly words: string;
  /** What a call was answered after the apply. */
  readonly outcome: string;
}

const options = { plans: [plans], region: 'eu-west-1' };
const twin = planTwins();

/** Judges what is recorded of a form. */
export async function judgeForm(records: Records, { name, reads, route }: Form): Promise<JudgedForm> {
  const recorded = records.forms[name];
  if (recorded === undefined) throw new Error(`${name} is not recorded`);
  const document = readTerraform(documentOf(records, recorded, reads));
  const base = recorded.over === undefined ? EMPTY : (records.snapshots[recorded.over] as Snapshot);
  const ask = reads === 'plan' ? await askTerraform(document, base, { ...options, twin }) : undefined;
  const { integrations, findings, notes } = judgeTerraform(document, base, { ...options, ask });
  // What cannot be followed may have no key.
  const called = integrations.find((one) => one.route === route) ?? integrations.find((one) => one.route === '');
  const messages = findings.map(({ message, addresses }) => `${message} ${addresses.join(' ')}`);
  const moments = (called?.interruptions ?? []).map(({ message }) => message);
  return {
    verdict: `${called?.before} → ${called?.after}`,
    route: called,
    findings,
    words: [called?.address, called?.because, ...moments, ...messages, ...notes].filter(Boolean).join('\n'),
    outcome: recorded.outcome,
  };
}

/** The forms as a section of the page of plans. */
export async function formsSection(): Promise<string> {
  const records = readRecords();
  const rows: string[] = [];
  for (const form of FORMS.filter(({ name }) => records.forms[name] !== undefined)) {
    const { verdict, outcome, route } = await judgeForm(records, form);
    const [answer = ''] = /^(?:the apply is refused|\d+ \S+)/.exec(outcome) ?? [];
    const why =
      route?.after === 'unknown' ? (route.because ?? '').split('. On the simulated cloud')[0]?.split(': ').at(-1) : '';
    rows.push(`| ${form.name} | ${form.what} | ${verdict} | ${answer} | ${why} |`);
  }
  return `## Forms of configurations

The same thing is written in many forms. Each was planned and judged, and applied and called where the simulated
cloud has all of its services. An unknown has its reason.

| form | what it has | before → after | a call after the apply | why unknown |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
