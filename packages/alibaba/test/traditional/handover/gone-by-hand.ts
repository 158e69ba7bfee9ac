import { HOST } from './run-world.js';
import type { SwitchWorld } from './switch-world.js';

/** Deletes something by hand. It throws where the cloud refuses it. */
export type GoneByHand = () => void;

/** What others may delete of a hand-over, on both sides and in DNS. */
export function handoverGone({
  call,
  groupId,
  gatewayId,
  apis,
  former,
  handover,
}: SwitchWorld): Readonly<Record<string, GoneByHand>> {
  const records = (): readonly any[] =>
    call('Alidns', 'DescribeDomainRecords', { DomainName: 'example.com' }).DomainRecords.Record;
  const remove = (isGone: (row: any) => boolean): void => {
    const rows = records().filter(isGone);
    if (rows.length === 0) throw new Error('there is none');
    for (const { RecordId } of rows) call('Alidns', 'DeleteDomainRecord', { RecordId });
  };
  const httpApis = (): readonly string[] =>
    call('APIG', 'ListHttpApis', { pageSize: 100 }).items.map((one: any) => one.versionedHttpApis[0].httpApiId);
  const removeRoutes = (httpApiId: string, most: number): void => {
    const rows = call('APIG', 'ListHttpApiRoutes', { httpApiId, pageSize: 100 }).items.slice(0, most);
    if (rows.length === 0 && most === 1) throw new Error('there is none');
    for (const { routeId, deployStatus } of rows) {
      if (deployStatus === 'Deployed') call('APIG', 'UndeployHttpApi', { httpApiId, routeId, gatewayId });
      call('APIG', 'DeleteHttpApiRoute', { httpApiId, routeId });
    }
  };
  const removeApi = (ApiId: string): void => {
    call('CloudAPI', 'AbolishApi', { GroupId: groupId, ApiId, StageName: 'RELEASE' });
    call('CloudAPI', 'DeleteApi', { GroupId: groupId, ApiId });
  };
  return {
    nothing: () => undefined,
    'an API of the group': () => removeApi(apis.carts),
    'the group': () => {
      for (const ApiId of Object.values(apis)) removeApi(ApiId);
      call('CloudAPI', 'DeleteDomain', { GroupId: groupId, DomainName: HOST });
      call('CloudAPI', 'DeleteApiGroup', { GroupId: groupId });
    },
    'an authorization': () => {
      const [access] = handover.stages.flatMap(({ services }) => services.flatMap(({ from }) => from?.access ?? []));
      const { VpcAccessAttributes } = call('CloudAPI', 'DescribeVpcAccesses', { Name: access, PageSize: 50 });
      const [{ VpcId, InstanceId, Port }] = VpcAccessAttributes.VpcAccessAttribute;
      call('CloudAPI', 'RemoveVpcAccess', { VpcId, InstanceId, Port });
    },
    'a route': () => removeRoutes(httpApis()[0] ?? '', 1),
    'the HTTP API': () => {
      if (httpApis().length === 0) throw new Error('there is none');
      for (const httpApiId of httpApis()) {
        removeRoutes(httpApiId, Infinity);
        call('APIG', 'DeleteHttpApi', { httpApiId });
      }
    },
    'the gateway': () => {
      for (const httpApiId of httpApis()) removeRoutes(httpApiId, Infinity);
      for (const { serviceId } of call('APIG', 'ListServices', { gatewayId, pageSize: 100 }).items)
        call('APIG', 'DeleteService', { serviceId });
      call('APIG', 'DeleteGateway', { gatewayId });
    },
    'the former record': () => remove(({ Value }) => Value === former),
    'the new record': () => remove(({ Value }) => Value !== former),
    'all records': () => remove(() => true),
  };
}
