import { describe, expect, it } from 'vitest';
import { chat, opened } from './scene.js';

describe('the throttle of a stage of a WebSocket API', () => {
  it('refuses messages above the burst of the stage, and a route with limits of its own has those', async () => {
    const world = await chat(['$connect', '$default', 'join'], { clock: 'auto', throttle: true });
    const { connect, heard, sim, api, ApiId } = world;
    const settings = { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 1 };
    api('UpdateStage', {
      ApiId,
      StageName: 'prod',
      DefaultRouteSettings: settings,
      RouteSettings: { join: { ThrottlingBurstLimit: 4, ThrottlingRateLimit: 1 } },
    });
    await sim.advance(60_000);
    const connection = opened(await connect());
    const sendAll = async (text: string): Promise<number> => {
      heard.splice(0);
      for (let n = 0; n < 6; n += 1) await connection.send(text);
      return heard.filter((one) => one.includes('Too Many Requests')).length;
    };
    // The request for the connection took one of the two tokens of the stage.
    expect(await sendAll('{"action":"leave"}')).toBe(5);
    expect(await sendAll('{"action":"join"}')).toBe(2);
  });
});
