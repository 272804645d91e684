/** Main's own questions, each in a dialog of the system. */
export interface Questions {
  /** A second question that comes up under the hand of whoever answers the first would get the first one's answer: it is answered with no. */
  ask(question: (signal: AbortSignal) => Promise<boolean>): Promise<boolean>;
  /** Takes away what is asked now; it counts as answered with no. */
  withdraw(): void;
}

export function oneQuestionAtATime(): Questions {
  let asked: AbortController | null = null;
  return {
    async ask(question) {
      if (asked !== null) return false;
      asked = new AbortController();
      const { signal } = asked;
      try {
        // A system that leaves its dialog standing all the same lets nobody answer it any more
        return (await question(signal)) && !signal.aborted;
      } finally {
        asked = null;
      }
    },
    withdraw: () => asked?.abort(),
  };
}
