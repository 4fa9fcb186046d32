using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Acts;
using AdminPortal.Tests.Simulation.Checks;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation;

/// <summary>
/// What happens next in a life: mostly what the state asks for, sometimes at the very edge of a window, sometimes anything at
/// all at any time. Only its waits and odds are invented; whether an act is taken is for the acts to say.
/// </summary>
internal sealed class Policy
{
    private readonly Life _life;
    private readonly bool _isKeen;
    private readonly ExamPolicy _exams;
    private readonly StudyPolicy _studies;
    private readonly OfficerPolicy _officers;
    private readonly Nuisance _nuisance;

    public Policy(Life life)
    {
        _life = life;
        _isKeen = Dice.Chance(60);
        _studies = new StudyPolicy(life);
        _exams = new ExamPolicy(life);
        _officers = new OfficerPolicy(life);
        _nuisance = new Nuisance(life, _officers);
    }

    private World W => _life.W;
    private Dice Dice => _life.Dice;

    public void Next()
    {
        if (Dice.Chance(2))
        {
            _nuisance.Anything();
        }
        // In per mille; the states that are rare, and lie at the end of a long way, go to the edge more often.
        var edge = W.Current?.Round.State switch
        {
            RoundState.Studying => 1,
            RoundState.Verifying or RoundState.Invalid or RoundState.UnderReview => 350,
            _ => 60,
        };
        if (Dice.Below(1000) < edge)
        {
            _life.GoToTheEdge();
        }
        if (W.Current is { } file && IsTooLate(file) && Dice.Chance(50))
        {
            _life.IsRushed = false;
            _life.Wait(TimeSpan.FromSeconds(Dice.Spread(1, 3600)));
            _life.RunJobs();
            return;
        }
        switch (W.Current?.Round.State)
        {
            case null:
                Rest();
                break;
            case RoundState.Studying:
                _studies.Study(W.Current);
                break;
            case RoundState.ExamOpen:
            case RoundState.ResitOpen:
                _exams.GoToTheExam(W.Current);
                break;
            case RoundState.Examining:
                _exams.SitTheExam(W.Current);
                break;
            case RoundState.Verifying:
                _exams.Verify(W.Current);
                break;
            case RoundState.Invalid:
                _exams.ThinkOfReview(W.Current);
                break;
            case RoundState.UnderReview:
            case RoundState.IdPhotoCheck:
            case RoundState.StudyUnderReview:
                _officers.Work(W.Current);
                break;
            case RoundState.Reducing:
                _life.Wait(TimeSpan.FromSeconds(Dice.Spread(1, 600)));
                Police();
                _life.RunJobs();
                break;
        }
    }

    // A window or the cycle has ended and the job was late: the driver tries for a while, then it comes.
    private bool IsTooLate(RoundFile file) =>
        file.Terms[^1].At <= W.Now && file.Round.Running is not null || W.Today >= RoundChecks.Reset(W, file);

    private void Rest()
    {
        _life.Wait(
            _isKeen ? TimeSpan.FromMinutes(Dice.Spread(20, 3 * 1440)) : TimeSpan.FromMinutes(Dice.Spread(60, 30 * 1440))
        );
        var reset = NaiveCalendar.EndOf(Model.Police.CycleOf(W.Police.FirstLicensedOn, W.Today).Reset.AddDays(-1));
        var isLast = reset - W.Now < TimeSpan.FromDays(30) && Dice.Chance(60);
        if (isLast)
        {
            // So late in the cycle that it may end during the round.
            _life.Wait(reset - W.Now - TimeSpan.FromMinutes(Dice.Spread(30, 4000)));
        }
        if (Dice.Chance(50))
        {
            Police();
        }
        if (W.File is { Open.Exam.State: ExamState.Opening })
        {
            return;
        }
        _life.Temper = Temper.Of(Dice);
        if (isLast)
        {
            // Somebody capable, or the cycle would end while still studying.
            _life.Temper = _life.Temper with
            {
                Skill = 100,
                Stranger = Dice.Chance(25) ? 70 : 0,
                Delay = 0,
            };
        }
        _nuisance.Apply();
    }

    /// <summary>Something happens at the police, and an import may bring it.</summary>
    private void Police()
    {
        var police = W.Police;
        police.Points = Math.Min(12, police.Points + (Dice.Chance(60) ? Dice.Pick(0, 1, 3, 6) : 0));
        if (police.Points == 12 && Dice.Chance(70))
        {
            // The full-mark education is done, and the cycle goes on with what came since.
            police.Points = Dice.Between(1, 5);
            police.FullMark.Add(W.Today);
        }
        police.Unhandled = Dice.Chance(8) ? 1 : 0;
        police.Status = Dice.Chance(8) ? Dice.Pick("AS", "AU", "AD", "AH", "AI", "ABT") : "A";
        police.IsInternational = Dice.Chance(1);
        police.ReducedElsewhere += police.ReducedHere + police.ReducedElsewhere < 6 && Dice.Chance(6) ? 1 : 0;
        police.Overdue.Clear();
        if (Dice.Chance(4))
        {
            police.Overdue.Add("渝A12345");
        }
        switch (Dice.Below(200))
        {
            case 0:
                police.Frauds.Add(W.Today.AddDays(-Dice.Below(1500)));
                break;
            case 1:
                police.Offences.Add((default, W.Today.AddDays(-Dice.Below(1500))));
                break;
            case 2:
                police.BlacklistedUntil = W.Today.AddDays(Dice.Between(0, 60));
                break;
        }
        if (Dice.Chance(80))
        {
            _life.Do(
                SimAct.Import,
                "",
                () =>
                {
                    W.Imported = Birth.Import(police, W.Now);
                    return Reply.Done;
                }
            );
        }
    }
}
