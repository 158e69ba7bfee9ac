import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { openAlibaba, REGION as CN } from './alibaba/account.js';
import { awsScene, awsStage } from './aws/account.js';

const error = (findings: readonly { severity?: string | undefined; message: string }[]) =>
  findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);

describe('names of subnets and groups that several networks use', () => {
  it('AWS: names refer to the subnets of the existing link, and a named network narrows them', async () => {
    const stage = awsStage(await awsScene());
    const { ec2, parts } = stage;
    const name = (id: string, Value: string) => ec2('CreateTags', { Resources: [id], Tags: [{ Key: 'Name', Value }] });
    name(parts.vpc, 'edge');
    name(parts.subnets.a, 'edge-a');
    name(parts.subnets.spare, 'edge-c');
    stage.write(parts.subnets.a, '{ name: edge-a }');
    stage.write(parts.groups.link, '{ name: link }');
    const other = stage.network('10.20.0.0/16');
    name(other.subnet, 'edge-a');
    const twin = stage.network('10.50.0.0/16');
    name(twin.subnet, 'edge-c');
    ec2('CreateSecurityGroup', { VpcId: other.vpc, GroupName: 'link', Description: 'link' });
    const link = stage.link();
    expect(error((await stage.report()).findings)).toEqual([]);
    await stage.apply();
    expect(stage.link()).toBe(link);

    // A new link: its network decides.
    stage.write('subnets: [{ name: edge-a }', 'network: { name: edge }\n    subnets: [{ name: edge-c }');
    await stage.apply();
    expect(stage.link()).not.toBe(link);
    expect(error((await stage.report()).findings)).toEqual([]);
  });

  it('Alibaba Cloud: a named network narrows the vSwitches of the existing link', async () => {
    const stage = await openAlibaba(simulate({ seed: 7, clock: 'auto', throttle: false }));
    const { call, parts } = stage;
    const rename = (VSwitchId: string) => call('Vpc', 'ModifyVSwitchAttribute', { VSwitchId, VSwitchName: 'edge-j' });
    rename(parts.vswitches.j);
    const vpc = call('Vpc', 'CreateVpc', { CidrBlock: '10.60.0.0/16', VpcName: 'other' }).VpcId;
    const { VSwitchId } = call('Vpc', 'CreateVSwitch', { VpcId: vpc, CidrBlock: '10.60.0.0/24', ZoneId: `${CN}-j` });
    await stage.simulation.advance(60_000);
    rename(VSwitchId);
    stage.write(`subnets: [${parts.vswitches.j}`, 'subnets: [{ name: edge-j }');
    await expect(stage.apply()).rejects.toMatchObject({ code: 'AMBIGUOUS' });
    stage.write('subnets:', 'network: { name: shop }\n    subnets:');
    await stage.apply();
    expect(error(await stage.say('link/exists'))).toEqual([]);
    stage.write('network: { name: shop }\n    ', '');
    await stage.apply();
    expect(error(await stage.say('link/exists'))).toEqual([]);
  });
});
