import { describe, expect, it } from 'vitest';
import { apigAccount } from '../apig/apig-account.js';

async function zone() {
  const account = apigAccount();
  await account.dns('AddDomain', { DomainName: 'example.com' });
  const add = (RR: string, Type: string, Value: string, more: object = {}) =>
    account.dns('AddDomainRecord', { DomainName: 'example.com', RR, Type, Value, ...more });
  const records = async (SubDomain: string) =>
    (await account.dns('DescribeSubDomainRecords', { SubDomain }))['DomainRecords'].Record as Record<string, unknown>[];
  return { ...account, add, records };
}

describe('records of public DNS', () => {
  it('are added, changed, switched off and deleted', async () => {
    const { dns, add, records, refusal } = await zone();
    const { RecordId } = await add('api', 'CNAME', 'group.alicloudapi.com', { TTL: 60 });
    expect(await records('api.example.com')).toMatchObject([
      {
        RecordId,
        RR: 'api',
        Type: 'CNAME',
        Value: 'group.alicloudapi.com',
        TTL: 60,
        Status: 'ENABLE',
        Line: 'default',
        LbaStatus: false,
      },
    ]);
    const changed = { RecordId, RR: 'api', Type: 'CNAME', Value: 'gateway.alicloudapi.com' };
    await dns('UpdateDomainRecord', changed);
    expect(await records('api.example.com')).toMatchObject([{ Value: 'gateway.alicloudapi.com', TTL: 600 }]);
    expect(await refusal(add('api', 'CNAME', 'gateway.alicloudapi.com'))).toMatchObject({
      code: 'DomainRecordDuplicate',
    });
    expect(await refusal(add('api', 'A', '192.0.2.1'))).toMatchObject({ code: 'DomainRecordConflict' });
    await dns('SetDomainRecordStatus', { RecordId, Status: 'Disable' });
    const second = await add('api', 'A', '192.0.2.1');
    expect(await refusal(dns('SetDomainRecordStatus', { RecordId, Status: 'Enable' }))).toMatchObject({
      code: 'DomainRecordConflict',
    });
    await dns('DeleteDomainRecord', { RecordId: second['RecordId'] });
    const { DomainRecords, TotalCount } = await dns('DescribeDomainRecords', {
      DomainName: 'example.com',
      RRKeyWord: 'ap',
      Status: 'Disable',
    });
    expect([TotalCount, DomainRecords.Record]).toMatchObject([1, [{ Status: 'DISABLE' }]]);
    expect(await refusal(dns('DeleteDomainRecord', { RecordId: '1' }))).toMatchObject({
      code: 'DomainRecordNotBelongToUser',
    });
    expect(await refusal(dns('DescribeDomainRecords', { DomainName: 'other.org' }))).toMatchObject({
      code: 'InvalidDomainName.NoExist',
    });
  });

  it.each([
    ['A', 'host.example.org'],
    ['CNAME', '192.0.2.1'],
    ['A', '2001:db8::1'],
  ])('of the type %s are not %s', async (type, value) => {
    const { add, refusal } = await zone();
    expect(await refusal(add('api', type, value))).toMatchObject({ code: 'DomainRecordValueInvalid' });
  });

  it('have weights once these are switched on, from 1 to 100', async () => {
    const { dns, add, records, refusal } = await zone();
    const { RecordId } = await add('api', 'A', '192.0.2.1');
    const open = () => dns('SetDNSSLBStatus', { SubDomain: 'api.example.com', Type: 'A', Open: true });
    const weigh = (Weight: number) => dns('UpdateDNSSLBWeight', { RecordId, Weight });
    expect(await refusal(open())).toMatchObject({ code: 'DisableDNSSLB' });
    await add('api', 'A', '192.0.2.2');
    expect(await refusal(weigh(99))).toMatchObject({ code: 'DisableDNSSLB' });
    expect(await open()).toMatchObject({ Open: true, RecordCount: 2 });
    expect(await weigh(99)).toMatchObject({ RecordId, Weight: 99 });
    expect(await refusal(weigh(0))).toMatchObject({ code: 'InvalidParameter' });
    expect(await records('api.example.com')).toMatchObject([{ LbaStatus: true, Weight: 99 }, { Weight: 1 }]);
  });
});
