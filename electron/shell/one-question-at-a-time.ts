/** A second question that comes up under the hand of whoever answers the first would get the first one's answer: it is answered with no. */
export function oneQuestionAtATime(): (ask: () => Promise<boolean>) => Promise<boolean> {
  let asking = false;
  return async (ask) => {
    if (asking) return false;
    asking = true;
    try {
      return await ask();
    } finally {
      asking = false;
    }
  };
}
