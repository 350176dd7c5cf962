import { Button, SegmentedControl, Select, Textarea } from "@mantine/core";
import { memo, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { intents, lengths, tones } from "../../../core/contract/suggest.ts";
import { useCommand } from "../../app/command-runner.ts";
import { commands } from "../../app/commands.ts";
import { useDesk, useWindowState } from "../../app/context.tsx";
import { useObservable } from "../../ui/observable.ts";
import { useRoute } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { KeyCaps } from "../../app/key-caps.tsx";
import { BeforeSending } from "./before-sending.tsx";
import { canSend, intentForms } from "./intents.ts";
import { isWriting, turnsOf, type Ask } from "./session.ts";
import { TierLine } from "./tier-line.tsx";
import { useTierStatus } from "./use-tier-status.ts";
import { useSession } from "./session-context.ts";

/** Where a request is written. Its head always says where text goes. Watches nothing that changes with a delta. */
export const Composer = memo(function Composer() {
  const { t } = useTranslation();
  const session = useSession();
  const { windowState } = useDesk();
  const request = useRef<HTMLTextAreaElement>(null);
  const draft = useObservable(session.state, (state) => state.draft);
  const runs = useObservable(session.state, isWriting);
  const turns = useObservable(session.state, ({ entries }) => turnsOf(entries).length);
  const collectionId = useWindowState((state) => state.collectionId);
  const collections = useRoute("collections.list").data ?? [];
  const form = intentForms[draft.intent];
  const ready = canSend(draft.intent, draft.text, draft.pasted);

  const status = useTierStatus(draft.tier);
  const host = status?.host ?? null;
  const hasConsent = useObservable(
    session.state,
    ({ consentedHosts }) => host !== null && consentedHosts.includes(host),
  );
  const ask: Ask = {
    intent: draft.intent,
    text: draft.text.trim() || t(`intents.${draft.intent}.whole`),
    ...(form.pasted !== "none" && draft.pasted.trim() !== "" && { pasted: draft.pasted }),
    collections: collectionId === null ? [] : [collectionId],
    tone: draft.tone,
    length: draft.length,
    tier: draft.tier,
    ...(hasConsent && { reachConsent: true }),
  };

  const send = () => {
    if (!ready || runs) return;
    session.send(ask);
    session.edit({ text: "", pasted: "" });
  };
  // The page was there before its script: what was typed meanwhile is part of the draft.
  useLayoutEffect(() => {
    const typed = request.current?.value ?? "";
    if (typed !== session.state.get().draft.text) session.edit({ text: typed });
  }, [session]);
  useCommand("send", send);
  useCommand("new-suggestion", () => {
    session.clear();
    request.current?.focus();
  });

  return (
    <section className="composer" aria-label={t("composer.label")}>
      <TierLine />
      <div className="composer-paper">
        <div className="intents">
          <SegmentedControl
            size="sm"
            aria-label={t("composer.intent")}
            value={draft.intent}
            onChange={(intent) => session.edit({ intent })}
            data={intents.map((intent) => ({ value: intent, label: t(`intents.${intent}.name`) }))}
          />
        </div>
        <Textarea
          ref={request}
          variant="unstyled"
          autosize
          minRows={2}
          maxRows={10}
          // Home is for writing: what is typed first belongs here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          aria-label={t("composer.request")}
          placeholder={t(`intents.${draft.intent}.ask`)}
          value={draft.text}
          maxLength={20_000}
          classNames={{ input: "composer-request" }}
          onChange={(event) => session.edit({ text: event.currentTarget.value })}
        />
        {form.pasted !== "none" && (
          <Textarea
            autosize
            minRows={4}
            maxRows={14}
            label={t(form.pasted === "required" ? "composer.pasted" : "composer.pastedOptional")}
            placeholder={t("composer.pastedHint")}
            value={draft.pasted}
            maxLength={200_000}
            classNames={{ root: "composer-pasted" }}
            onChange={(event) => session.edit({ pasted: event.currentTarget.value })}
          />
        )}
        {turns > 0 && (
          <label className="follow-up">
            <input
              type="checkbox"
              checked={draft.followsUp}
              onChange={(event) => session.edit({ followsUp: event.currentTarget.checked })}
            />
            {t("composer.followsUp", { count: turns })}
          </label>
        )}
        <div className="composer-foot">
          <QuietSelect
            label={t("composer.collections")}
            value={String(collectionId ?? "all")}
            options={[
              { value: "all", label: t("chooser.all") },
              ...collections.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={(value) =>
              windowState.set((state) => ({ ...state, collectionId: value === "all" ? null : Number(value) }))
            }
          />
          <QuietSelect
            label={t("composer.tone")}
            value={draft.tone}
            options={tones.map((tone) => ({ value: tone, label: t(`tones.${tone}`) }))}
            onChange={(tone) => session.edit({ tone: tone as typeof draft.tone })}
          />
          <QuietSelect
            label={t("composer.length")}
            value={draft.length}
            options={lengths.map((length) => ({ value: length, label: t(`lengths.${length}`) }))}
            onChange={(length) => session.edit({ length: length as typeof draft.length })}
          />
          <span className="grow" />
          {runs ? (
            <Button variant="default" leftSection={<Icon name="stop" />} onClick={() => session.cancel()}>
              {t("composer.cancel")}
            </Button>
          ) : (
            <Button disabled={!ready} onClick={send} rightSection={<SendKeys />}>
              {t(`intents.${draft.intent}.send`)}
            </Button>
          )}
        </div>
      </div>
      <BeforeSending ask={ready && !runs ? ask : null} status={status} />
    </section>
  );
});

function SendKeys() {
  const keys = commands.find(({ id }) => id === "send")?.keys;
  return keys ? (
    <span aria-hidden="true" className="send-keys">
      <KeyCaps keys={keys} />
    </span>
  ) : null;
}

interface QuietSelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { value: string; label: string }[];
  readonly onChange: (value: string) => void;
}

/** A choice that reads as a word until it is pointed at. */
function QuietSelect({ label, value, options, onChange }: QuietSelectProps) {
  return (
    <Select
      size="xs"
      variant="unstyled"
      aria-label={label}
      title={label}
      value={value}
      data={[...options]}
      onChange={(next) => next !== null && onChange(next)}
      rightSection={<Icon name="chevron" size={14} />}
      rightSectionPointerEvents="none"
      comboboxProps={{ width: "max-content", position: "bottom-start" }}
      classNames={{ root: "quiet-select", input: "quiet-select-input" }}
    />
  );
}
