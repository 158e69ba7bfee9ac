import { expect, it } from 'vitest';
import { alibabaScene, alibabaStage } from '../alibaba/account.js';
import { authorize } from '../aws/moves.js';
import { apiOf } from '../aws/rest-shows.js';
import { awsScene, awsStage } from '../aws/account.js';
import type { Stage } from '../show.js';
import { callsOn } from './calls.js';
import { CASES, type Case } from './cases.js';

const scenes = { aws: awsScene(), alibaba: alibabaScene() };

/** A world of a case, with its calls. */
async function open(one: Case): Promise<{ readonly stage: Stage; readonly host: string; readonly follow: Follow }> {
  if (one.of === 'aws') {
    const stage = awsStage(await scenes.aws);
    authorize(stage, 'NONE');
    await one.setting(stage);
    await stage.wait();
    const id = one.paths?.[0]?.startsWith('/prod/') ? apiOf(stage) : stage.parts.api;
    const follow: Follow = { breaks: () => one.breaks?.(stage), does: (...what) => one.follow(stage, ...what) };
    return { stage, host: `${id}.execute-api.eu-west-1.amazonaws.com`, follow };
  }
  const stage = alibabaStage(await scenes.alibaba);
  await one.setting(stage);
  await stage.wait();
  const host: string = stage.call('CloudAPI', 'DescribeApiGroup', { GroupId: stage.parts.apiGroup }).SubDomain;
  return { stage, host, follow: { breaks: () => one.breaks?.(stage), does: (...what) => one.follow(stage, ...what) } };
}

interface Follow {
  readonly breaks: () => unknown;
  readonly does: (remedy: string, finding: Parameters<Case['follow']>[2]) => unknown;
}

const PATHS = { aws: ['/orders'], alibaba: ['/orders', '/stock'] };

it.each(CASES.map((one) => [one.name, one] as const))(
  'a remedy that takes something away loses no call: %s',
  async (_, one) => {
    const { stage, host, follow } = await open(one);
    const load = await callsOn(stage.simulation, host, one.paths ?? PATHS[one.of]);
    await follow.breaks();
    await load.expectNoneLost('the world is made');
    const failures = async () =>
      (await stage.report()).findings.filter(({ verdict, code }) => verdict === 'fail' && code === one.code);
    const [finding] = await failures();
    expect(finding, one.code).toBeDefined();
    if (finding === undefined) return;
    await follow.does(finding.remedy ?? '', finding);
    await load.expectNoneLost(finding.remedy ?? '');
    expect((await failures()).map(({ message }) => message)).not.toContain(finding.message);
    // What the spec declares carries calls as well.
    await stage.apply();
    await load.expectNoneLost('postern apply');
    const [left] = await failures();
    if (left !== undefined) {
      await follow.does(left.remedy ?? '', left);
      await load.expectNoneLost(left.remedy ?? '');
    }
    load.end();
    if (one.after !== undefined) (await callsOn(stage.simulation, host, one.after)).end();
  },
);
