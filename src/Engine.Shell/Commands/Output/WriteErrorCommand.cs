using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Write-Error: a non-terminating error of the caller's.</summary>
[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = ByMessage)]
internal sealed class WriteErrorCommand : PSCmdlet
{
    private const string ByMessage = "NoException";
    private const string ByException = "WithException";
    private const string ByRecord = "ErrorRecord";

    [Parameter(Position = 0, ParameterSetName = ByMessage, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByException)]
    [Alias("Msg")]
    [AllowNull]
    [AllowEmptyString]
    public string? Message { get; set; }

    [Parameter(ParameterSetName = ByException, Mandatory = true)]
    public Exception? Exception { get; set; }

    [Parameter(ParameterSetName = ByRecord, Mandatory = true)]
    public ErrorRecord? ErrorRecord { get; set; }

    [Parameter(ParameterSetName = ByMessage)]
    [Parameter(ParameterSetName = ByException)]
    public ErrorCategory Category { get; set; }

    [Parameter(ParameterSetName = ByMessage)]
    [Parameter(ParameterSetName = ByException)]
    public string ErrorId { get; set; } = "";

    [Parameter(ParameterSetName = ByMessage)]
    [Parameter(ParameterSetName = ByException)]
    public object? TargetObject { get; set; }

    [Parameter]
    public string RecommendedAction { get; set; } = "";

    [Parameter]
    [Alias("Activity")]
    public string CategoryActivity { get; set; } = "";

    [Parameter]
    [Alias("Reason")]
    public string CategoryReason { get; set; } = "";

    [Parameter]
    [Alias("TargetName")]
    public string CategoryTargetName { get; set; } = "";

    [Parameter]
    [Alias("TargetType")]
    public string CategoryTargetType { get; set; } = "";

    protected override void ProcessRecord()
    {
        var record = ErrorRecord is null ? NewRecord() : new ErrorRecord(ErrorRecord, null);
        if (RecommendedAction.Length > 0)
        {
            record.ErrorDetails ??= new ErrorDetails(Message ?? record.Exception.Message);
            record.ErrorDetails.RecommendedAction = RecommendedAction;
        }

        record.CategoryInfo.Activity = CategoryActivity.Length > 0 ? CategoryActivity : "Write-Error";
        SetCategory(record.CategoryInfo);
        WriteError(record);
    }

    private ErrorRecord NewRecord()
    {
        var exception = Exception ?? new WriteErrorException(Message ?? "");
        var id = ErrorId.Length > 0 ? ErrorId : exception.GetType().FullName!;
        var record = new ErrorRecord(exception, id, Category, TargetObject);
        if (Exception is not null && !string.IsNullOrEmpty(Message))
        {
            record.ErrorDetails = new ErrorDetails(Message);
        }

        return record;
    }

    private void SetCategory(ErrorCategoryInfo category)
    {
        category.Reason = CategoryReason.Length > 0 ? CategoryReason : category.Reason;
        category.TargetName = CategoryTargetName.Length > 0 ? CategoryTargetName : category.TargetName;
        category.TargetType = CategoryTargetType.Length > 0 ? CategoryTargetType : category.TargetType;
    }
}
