import { expect, it } from 'vitest';
import { addressed, api } from '../changes.js';
import { open } from '../stages.js';

it('a backend on the public internet is called from the addresses of the impact table, before and after', async () => {
  const stage = await open('conventional');
  api(stage, '/public', addressed('http://8.8.4.4'), 'RELEASE');
  const { impact, findings } = await stage.validate();
  const row = impact.find(({ backend }) => backend === '8.8.4.4:80');
  const addressOf = (id: string): string => {
    const { Instances } = stage.call('CloudAPI', 'DescribeInstances', { InstanceId: id });
    return `${Instances.InstanceAttribute[0].InternetEgressAddress}/32`;
  };
  const { old, next } = stage.parts;
  expect(row).toMatchObject({ old: [addressOf(old)], new: [addressOf(next)] });
  expect(addressOf(old)).not.toBe(addressOf(next));
  expect(findings.filter(({ check, severity }) => check === 'migrate/egress' && severity === 'warning')).toHaveLength(
    1,
  );
  expect(await stage.move()).toMatchObject({ status: 'Success', on: next });

  // After the move back the address changes again, so that the old entry is still needed.
  const back = await stage.validate({ migration: { to: old } });
  expect(back.impact.find(({ backend }) => backend === '8.8.4.4:80')).toMatchObject({ old: row?.new, new: row?.old });
});

it('the egress of an instance that reports no public address is unknown, and does not stop the move', async () => {
  const stage = await open('conventional');
  api(stage, '/public', addressed('http://8.8.4.4'), 'RELEASE');
  stage.edit((row) => row['id'] === stage.parts.next && row['httpsPolicy'] !== undefined, {
    internetEgressAddress: '',
  });
  const { impact, findings } = await stage.validate();
  expect(impact.find(({ backend }) => backend === '8.8.4.4:80')).toMatchObject({ new: [], entries: [] });
  const said = findings.filter(({ check, subject }) => check === 'migrate/egress' && subject.includes('internet'));
  expect(said.map(({ verdict, severity }) => `${verdict} ${severity}`)).toEqual(['unknown warning']);
});
