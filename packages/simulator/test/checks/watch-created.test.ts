import { createContext } from '@postern/core/internal/library';
import { observeSpec } from '@postern/core/internal/plan';
import { newHistory, observation, watchMessage, watchStep, type WatchHistory } from '@postern/core/internal/watch';
import { describe, expect, it } from 'vitest';
import * as alibaba from './alibaba/account.js';
import * as aws from './aws/account.js';
import type { DriverOf, Stage } from './show.js';
import { CLOUDS } from '../../../core/test/clouds.js';

interface Opened {
  readonly stage: Stage;
  readonly driverOf: DriverOf;
  /** Declares a second integration, `later`, on a link that does not exist yet. */
  readonly declare: () => void;
  /** Declares one more route of `orders`. */
  readonly addRoute: () => void;
}

async function onAws(): Promise<Opened> {
  const stage = aws.awsStage(await aws.awsScene());
  return {
    stage,
    driverOf: aws.driverOf,
    declare: () => {
      const link = /  eu:\n(?:    .*\n)+/.exec(stage.spec)?.[0] ?? '';
      const orders = /  orders:\n(?:    .*\n)+/.exec(stage.spec)?.[0] ?? '';
      stage.write(link, `${link}${link.replace('eu:', 'eu2:')}`);
      const later = orders.replace('orders:', 'later:').replace('link: eu', 'link: eu2');
      stage.write(orders, `${orders}${later.replace('ANY /orders', 'ANY /later')}`);
    },
    addRoute: () => stage.write("'ANY /orders': orders", "'ANY /orders': orders, 'ANY /more': orders"),
  };
}

async function onAlibaba(): Promise<Opened> {
  const stage = alibaba.alibabaStage(await alibaba.alibabaScene());
  const { GroupId } = stage.call('CloudAPI', 'CreateApiGroup', { GroupName: 'later' });
  return {
    stage,
    driverOf: alibaba.driverOf,
    declare: () => {
      const link = /  cn:\n(?:    .*\n)+/.exec(stage.spec)?.[0] ?? '';
      const orders = /  orders:\n(?:    .*\n)+/.exec(stage.spec)?.[0] ?? '';
      stage.write(link, `${link}${link.replace('cn:', 'cn2:')}`);
      const later = orders.replace('orders:', 'later:').replace('link: cn', 'link: cn2');
      stage.write(orders, `${orders}${later.replace(/apiGroup: [\w-]+/, `apiGroup: ${GroupId}`)}`);
    },
    addRoute: () => stage.write("'ANY /orders': orders", "'ANY /orders': orders, 'ANY /more': orders"),
  };
}

/** Rounds of `watch`, five minutes apart. */
function watching({ stage, driverOf }: Opened) {
  const drivers = Object.assign(
    ({ region }: { readonly region: string }) => Promise.resolve(driverOf(stage.simulation, region)),
    { clouds: CLOUDS },
  );
  let history: WatchHistory | undefined;
  return async () => {
    await stage.simulation.advance(300_000);
    const spec = stage.parsed();
    const ctx = createContext({ clock: stage.simulation.clock, random: () => 0.5 });
    const seen = observation(await observeSpec(spec, drivers, ctx, { checks: true }), spec, { clouds: CLOUDS });
    const step = watchStep(history ?? newHistory(spec, seen.at), seen, { clouds: CLOUDS });
    history = step.history;
    const { title, groups } = watchMessage(history, step.events);
    const verdicts = Object.entries(history.subjects).map(([name, { verdict }]) => `${name}: ${verdict}`);
    return { title, verdicts, reasons: groups.flatMap(({ reasons = [] }) => reasons.map(({ message }) => message)) };
  };
}

describe.each([
  ['aws', onAws],
  ['alibaba', onAlibaba],
])('what does not exist yet, on %s', (cloud, open) => {
  it('is not proven, and is news when it works for the first time', async () => {
    const opened = await open();
    const round = watching(opened);
    opened.declare();
    const first = await round();
    expect(first.verdicts).toEqual(
      expect.arrayContaining(['integration orders: works', 'integration later: undefined']),
    );
    const link = cloud === 'aws' ? 'eu2' : 'cn2';
    expect(await round()).toMatchObject({
      title: 'shop: later is not proven',
      reasons: [`Link ${link} does not exist yet.`],
    });
    await opened.stage.apply();
    expect(await round()).toMatchObject({
      title: 'shop: later works for the first time',
      verdicts: expect.arrayContaining(['integration orders: works', 'integration later: works']),
    });
    expect(await round()).toMatchObject({ title: 'shop: ' });
  });

  it('is not proven where a route of an integration that works is declared, and works again after it', async () => {
    const opened = await open();
    const round = watching(opened);
    expect((await round()).verdicts).toContain('integration orders: works');
    opened.addRoute();
    await round();
    expect(await round()).toMatchObject({
      title: 'shop: orders is not proven any more',
      reasons: [expect.stringMatching(/^1 of \d routes do not exist on .* yet: ANY \/more\.$/)],
    });
    await opened.stage.apply();
    expect(await round()).toMatchObject({ title: 'shop: orders works again' });
  });
});
