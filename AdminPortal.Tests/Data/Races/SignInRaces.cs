using System.Security.Cryptography;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Domain;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Data.Commands;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Races;

/// <summary>What may be used once or five times only, tried by many at once.</summary>
public sealed class SignInRaces : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_fifty_requests_for_a_code_at_once_one_is_taken_for_known_and_unknown_people_alike(bool known)
    {
        var person = known ? (await _portal.ImportDriverAsync()).Person : TestPeople.Number(9_000);
        Task<Outcome<Guid>> RequestAsync() =>
            _portal.TryAsync(new RequestSignInCode(person.Name, person.IdNumber), ActorRef.Anonymous);

        // The first one ever, and one that follows others: neither may let a second one through.
        for (var round = 1; round <= 2; round++)
        {
            var outcomes = await Race.RunAsync(50, _ => RequestAsync());

            Assert.Single(outcomes.OfType<Outcome<Guid>.Done>());
            Assert.All(
                outcomes.OfType<Outcome<Guid>.Refused>(),
                o => Assert.Equal(RefusalCode.TooManyMessages, o.Refusal.Code)
            );
            Assert.Equal(round, await _portal.ScalarAsync<long>("SELECT count(*) FROM sign_in_codes"));
            Assert.Equal(known ? round : 0, await _portal.ScalarAsync<long>("SELECT count(*) FROM messages"));
            _portal.Clock.Advance(TimeSpan.FromSeconds(61));
        }

        // The control: look for a request of the last minute, then write one.
        await _portal.ExecuteAsync("UPDATE sign_in_codes SET issued_at = $1", _portal.Clock.Now.AddMinutes(-2));
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) FROM sign_in_codes WHERE id_number_key = $1 AND issued_at > $2",
            """
            INSERT INTO sign_in_codes (id, id_number_key, code_key, issued_at, expires_at, tries_left)
            SELECT gen_random_uuid(), $1, $1, $2 + interval '1 minute', $2 + interval '6 minutes', 5
            """,
            await _portal.ScalarAsync<byte[]>("SELECT id_number_key FROM sign_in_codes LIMIT 1"),
            _portal.Clock.Now.AddMinutes(-1)
        );
        Assert.True(naive > 1);
    }

    [Fact]
    public async Task Of_two_hundred_guesses_at_once_a_sign_in_code_takes_five_and_is_burned()
    {
        var driver = await _portal.ImportDriverAsync();
        var (request, code) = await Catalogue.RequestCodeAsync(_portal, driver);
        var wrong = code == "000000" ? "000001" : "000000";

        var outcomes = await Race.RunAsync(
            200,
            _ => _portal.TryAsync(new ConfirmSignInCode(request, wrong), ActorRef.Anonymous)
        );

        var judged = outcomes.OfType<Outcome<Guid?>.Done>().ToList();
        Assert.Equal(SignInCodeRow.Tries, judged.Count);
        Assert.All(judged, o => Assert.Null(o.Value));
        Assert.All(
            outcomes.OfType<Outcome<Guid?>.Refused>(),
            o => Assert.Equal(RefusalCode.TooManyTries, o.Refusal.Code)
        );
        // Burned: the right one is of no use any more.
        var late = await _portal.RefusedAsync(new ConfirmSignInCode(request, code), ActorRef.Anonymous);
        Assert.Equal(RefusalCode.TooManyTries, late.Code);

        // The control: count the tries by looking first.
        await _portal.ExecuteAsync("UPDATE sign_in_codes SET tries_left = 1");
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) FROM sign_in_codes WHERE id = $1 AND tries_left = 0",
            "UPDATE sign_in_codes SET tries_left = 0 WHERE id = $1",
            request
        );
        Assert.True(naive > 1);
    }

    [Fact]
    public async Task The_right_code_sent_by_fifty_at_once_signs_in_once()
    {
        var driver = await _portal.ImportDriverAsync();
        var (request, code) = await Catalogue.RequestCodeAsync(_portal, driver);

        var outcomes = await Race.RunAsync(
            50,
            _ => _portal.TryAsync(new ConfirmSignInCode(request, code), ActorRef.Anonymous)
        );

        var done = Assert.Single(outcomes.OfType<Outcome<Guid?>.Done>());
        Assert.Equal(driver.Id, done.Value);
        Assert.All(
            outcomes.OfType<Outcome<Guid?>.Refused>(),
            o => Assert.Equal(RefusalCode.CodeExpired, o.Refusal.Code)
        );
    }

    [Fact]
    public async Task A_one_time_code_of_an_officer_sent_by_fifty_at_once_is_accepted_once()
    {
        var staff = await _portal.CreateActivatedOfficerAsync();
        var code = Totp.Code(staff.Secret, _portal.Clock.Now);

        var outcomes = await Race.RunAsync(
            50,
            _ => _portal.TryAsync(new SignInStaff(staff.Officer.Badge, staff.Password, code), ActorRef.Anonymous)
        );

        Assert.Single(outcomes, o => o is Outcome<Guid?>.Done { Value: not null });
        // A code is good for its own step and for none before: no second time a moment later either.
        await _portal.ExecuteAsync("UPDATE staff SET lockout_end = NULL");
        Assert.Null(
            await _portal.DoAsync(new SignInStaff(staff.Officer.Badge, staff.Password, code), ActorRef.Anonymous)
        );

        // The control: remember the last step by looking first.
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) FROM staff WHERE id = $1 AND last_totp_step >= $2",
            "UPDATE staff SET last_totp_step = $2 WHERE id = $1",
            staff.Officer.Id,
            long.MaxValue
        );
        Assert.True(naive > 1);
    }

    [Fact]
    public async Task A_face_challenge_answered_by_fifty_at_once_is_used_once()
    {
        var driver = await _portal.ImportDriverAsync();
        await _portal.ApplyAsync(driver);
        var challenge = (await _portal.DoAsync(new OpenFaceChallenge(), driver.Ref)).ChallengeId;

        var outcomes = await Race.RunAsync(
            50,
            _ =>
                _portal.TryAsync(
                    new TakeFacePhoto(challenge, Guid.NewGuid(), RandomNumberGenerator.GetBytes(32), 1000, 480, 640),
                    driver.Ref
                )
        );

        Assert.Single(outcomes, o => o is Outcome<FaceTry>.Done);
        Assert.All(
            outcomes.OfType<Outcome<FaceTry>.Refused>(),
            o => Assert.Equal(RefusalCode.ChallengeUsed, o.Refusal.Code)
        );
        Assert.Equal(1, await _portal.ScalarAsync<long>("SELECT count(*) FROM face_checks"));
        Assert.Equal(1, await _portal.ScalarAsync<long>("SELECT count(*) FROM photos WHERE kind = 'Live'"));

        await _portal.ExecuteAsync(
            "DROP INDEX \"IX_face_checks_challenge_id\"; UPDATE face_challenges SET used_at = NULL"
        );
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) FROM face_challenges WHERE id = $1 AND used_at IS NOT NULL",
            "UPDATE face_challenges SET used_at = now() WHERE id = $1",
            challenge
        );
        Assert.True(naive > 1);
    }

    [Fact]
    [Trait("Rule", "S1-36")]
    [Trait("Rule", "N-n4")]
    public async Task Nine_photos_at_once_are_three_tries_and_settle_the_check_once()
    {
        var driver = await _portal.DriverBeforeExamAsync();
        await _portal.PassExamAsync(driver);
        var challenges = new List<Guid>();
        for (var i = 0; i < 9; i++)
        {
            challenges.Add((await _portal.DoAsync(new OpenFaceChallenge(), driver.Ref)).ChallengeId);
        }

        var taken = await Race.RunAsync(
            9,
            i =>
                _portal.TryAsync(
                    new TakeFacePhoto(
                        challenges[i],
                        Guid.NewGuid(),
                        RandomNumberGenerator.GetBytes(32),
                        1000,
                        480,
                        640
                    ),
                    driver.Ref
                )
        );
        var tries = taken.OfType<Outcome<FaceTry>.Done>().Select(o => o.Value.CheckId).ToList();
        Assert.Equal(3, tries.Count);
        var verdicts = await Race.RunAsync(
            3,
            i => _portal.DoAsync(new RecordFaceOutcome(tries[i], FaceOutcome.NoFace, null), driver.Ref)
        );

        Assert.Single(verdicts, v => v.State == FaceSeriesState.Failed);
        Assert.Equal([2, 1, 0], verdicts.Select(v => v.TriesLeft).OrderDescending());
        Assert.Equal(RoundState.Invalid, (await _portal.RoundOfAsync(driver)).State);

        // The control: count the failures so far, then write one's own.
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            9,
            "SELECT count(*) FROM face_checks WHERE round_id = $1 AND purpose = 'ExamEnd' AND score > 0",
            "UPDATE face_checks SET score = 0.1 WHERE round_id = $1 AND purpose = 'ExamEnd'",
            (await _portal.RoundOfAsync(driver)).Id
        );
        Assert.True(naive > 3);
    }

    [Fact]
    public async Task A_late_answer_about_an_earlier_photo_does_not_overwrite_a_later_one()
    {
        var driver = await _portal.DriverBeforeExamAsync();
        await _portal.PassExamAsync(driver);
        var first = await TakeAsync(driver);
        var second = await TakeAsync(driver);

        await _portal.DoAsync(new RecordFaceOutcome(second, FaceOutcome.NoFace, null), driver.Ref);
        var late = await _portal.DoAsync(new RecordFaceOutcome(first, FaceOutcome.Mismatch, 0.2m), driver.Ref);

        Assert.Equal((FaceSeriesState.Open, 1), (late.State, late.TriesLeft));
    }

    private async Task<Guid> TakeAsync(TestDriver driver)
    {
        var challenge = (await _portal.DoAsync(new OpenFaceChallenge(), driver.Ref)).ChallengeId;
        var photo = new TakeFacePhoto(challenge, Guid.NewGuid(), RandomNumberGenerator.GetBytes(32), 1000, 480, 640);
        return (await _portal.DoAsync(photo, driver.Ref)).CheckId;
    }
}
