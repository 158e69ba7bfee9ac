import fc from 'fast-check';
import { expect, it } from 'vitest';
import { connectInput, httpService, MINUTE, newAccount, newNetwork, runningInstance, vpcApi } from './account.js';

const arbBlock = fc.constantFrom('10.1.0.0/24', '10.2.0.0/16', '10.0.0.0/8', '172.16.0.0/16', '172.17.0.0/16');
const arbChange = fc.record({ add: fc.boolean(), block: arbBlock });
const slice = { numRuns: 20, seed: 20_260_601 };

/** `10.1.0.0/24` has `10.1.0.9`: by text, since all lengths here end at a dot. */
const has = (block: string, address: string) => {
  const [start = '', bits = '32'] = block.split('/');
  const octets = Number(bits) / 8;
  return address.split('.').slice(0, octets).join('.') === start.split('.').slice(0, octets).join('.');
};

it('are the vSwitches first, then added blocks, in order, without removed blocks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbChange, { maxLength: 8 }), async (changes) => {
      const account = newAccount();
      const InstanceId = await runningInstance(account, connectInput(newNetwork(account)));
      let expected = ['172.16.0.0/16', '172.17.0.0/16'];
      for (const { add, block } of changes) {
        const change = add
          ? { ToConnectVpcIpBlock: { CidrBlock: block, Customized: true } }
          : { DeleteVpcIpBlock: block };
        account.call('ModifyInstanceAttribute', { InstanceId, ...change });
        await account.advance(MINUTE);
        if (!add) expected = expected.filter((known) => known !== block);
        else if (!expected.includes(block)) expected.push(block);
      }
      expect(JSON.parse(account.instance(InstanceId)['ConnectCidrBlocks'])).toEqual(expected);
    }),
    slice,
  );
});

it('decide alone whether an API with an address can be published', async () => {
  const arbAddress = fc.constantFrom(
    '10.1.0.9',
    '10.1.7.9',
    '10.2.3.4',
    '10.200.0.1',
    '172.16.4.4',
    '172.17.1.1',
    '172.18.0.1',
  );
  await fc.assert(
    fc.asyncProperty(fc.subarray(['10.1.0.0/24', '10.2.0.0/16', '10.0.0.0/8']), arbAddress, async (added, address) => {
      const account = newAccount();
      const InstanceId = await runningInstance(account, connectInput(newNetwork(account)));
      for (const CidrBlock of added) {
        account.call('ModifyInstanceAttribute', {
          InstanceId,
          ToConnectVpcIpBlock: { CidrBlock, Customized: true },
        });
        await account.advance(MINUTE);
      }
      const { GroupId } = account.call('CreateApiGroup', { GroupName: 'orders', InstanceId });
      const ServiceConfig = httpService(`http://${address}:8080`);
      const { ApiId } = account.call('CreateApi', vpcApi(GroupId, '', { ServiceConfig }));
      const refused = account.refusal('DeployApi', { ApiId, StageName: 'RELEASE', Description: 'x' });
      const fits = ['172.16.0.0/16', '172.17.0.0/16', ...added].some((block) => has(block, address));
      expect(refused?.message).toBe(fits ? undefined : `instance cannot connect the backend ${address}`);
    }),
    slice,
  );
});
