import { describe, expect, it } from 'vitest';
import { newAccount, records } from './account.js';

async function world() {
  const account = newAccount();
  const http = await account.namespace('Http', 'shop');
  const dns = await account.namespace('PrivateDns', 'shop.internal');
  await account.namespace('PrivateDns', 'shop.example.com');
  const a: string = account.service(http, { Name: 'a' })['Id'];
  const b: string = account.service(http, { Name: 'b' })['Id'];
  const c: string = account.service(dns, { Name: 'c', ...records('A') })['Id'];
  for (const InstanceId of ['one', 'two', 'three']) {
    await account.settle('RegisterInstance', { ServiceId: a, InstanceId, Attributes: { n: InstanceId } });
  }
  return { account, http, dns, a, b, c };
}

it.each(['ListNamespaces', 'ListServices', 'ListInstances', 'GetInstancesHealthStatus'])(
  '%s has pages of 100 at most',
  async (operation) => {
    const { account, a } = await world();
    const input = /Instances/.test(operation) ? { ServiceId: a } : {};
    expect(account.refusal(operation, { ...input, MaxResults: 101 })).toMatchObject({ code: 'InvalidInput' });
    expect(account.refusal(operation, { ...input, MaxResults: 100 })).toBeUndefined();
  },
);

describe('filters', () => {
  const filter = (Name: string, Condition: string | undefined, ...Values: string[]) => ({ Name, Values, Condition });
  it.each([
    [filter('TYPE', 'EQ', 'HTTP'), ['shop']],
    [filter('TYPE', 'IN', 'HTTP', 'DNS_PRIVATE'), ['shop', 'shop.internal', 'shop.example.com']],
    [filter('NAME', undefined, 'shop'), ['shop']],
    [filter('NAME', 'BEGINS_WITH', 'shop.'), ['shop.internal', 'shop.example.com']],
    [filter('HTTP_NAME', 'EQ', 'shop.internal'), ['shop.internal']],
    [filter('RESOURCE_OWNER', 'EQ', 'SELF'), ['shop', 'shop.internal', 'shop.example.com']],
    [filter('RESOURCE_OWNER', 'EQ', 'OTHER_ACCOUNTS'), []],
  ])('of namespaces: %j', async (wanted, names) => {
    const { account } = await world();
    const { Namespaces } = account.map('ListNamespaces', { Filters: [wanted] });
    expect(Namespaces.map(({ Name }: any) => Name)).toEqual(names);
  });

  it('of services: the namespace, by id or ARN', async () => {
    const { account, http, dns } = await world();
    const names = (...Filters: object[]) =>
      account.map('ListServices', { Filters }).Services.map(({ Name }: any) => Name);
    expect(names(filter('NAMESPACE_ID', 'EQ', http))).toEqual(['a', 'b']);
    expect(names(filter('NAMESPACE_ID', 'IN', http, dns))).toEqual(['a', 'b', 'c']);
    expect(names(filter('NAMESPACE_ID', 'EQ', account.map('GetNamespace', { Id: dns }).Namespace.Arn))).toEqual(['c']);
    expect(names(filter('NAMESPACE_ID', 'EQ', dns), filter('RESOURCE_OWNER', 'EQ', 'OTHER_ACCOUNTS'))).toEqual([]);
  });

  it.each([
    ['an unknown name', 'ListNamespaces', filter('COLOUR', 'EQ', 'red')],
    ['a condition that it does not accept', 'ListNamespaces', filter('TYPE', 'BEGINS_WITH', 'H')],
    ['a value that it does not accept', 'ListNamespaces', filter('TYPE', 'EQ', 'DNS')],
    ['two values for EQ', 'ListNamespaces', filter('NAME', 'EQ', 'a', 'b')],
    ['no value', 'ListServices', filter('NAMESPACE_ID', 'EQ')],
  ])('are refused: %s', (_why, operation, wanted) => {
    expect(newAccount().refusal(operation, { Filters: [wanted] })).toMatchObject({ code: 'InvalidInput' });
  });

  it('an operation that does not exist', () => {
    expect(newAccount().refusal('GetOperation', { OperationId: 'x' })).toMatchObject({
      code: 'OperationNotFound',
      status: 400,
    });
  });
});
