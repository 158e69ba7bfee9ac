import { expect, it } from 'vitest';
import { aws } from '../../src/index.js';
import { richRegion } from '../world/rich-region.js';
import { REGION } from '../world/simulated.js';

const ALL = { all: true, checks: true };

it("what checks read is the same through the SDK's own clients", async () => {
  const { simulation, driver, ctx } = await richRegion();
  const server = await simulation.listen();
  try {
    const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x' };
    const wired = aws({ region: REGION, endpoint: server.url, credentials });
    const read = JSON.parse(JSON.stringify(await wired.observe(ALL, ctx)));
    expect(read).toEqual(JSON.parse(JSON.stringify(await driver.observe(ALL, ctx))));
  } finally {
    await server.close();
  }
});
